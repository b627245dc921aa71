"""Who acts in each event: the customer or the company."""

from __future__ import annotations

import numpy as np

from tropa.cx.obstacles.words import CONTACT_CHANNELS, is_company, names_call_out, names_contact
from tropa.cx.view import View
from tropa.engine.journeys import ABSENT, Array


def company_acts(view: View) -> Array:
    """By event: whether an employee or a system acts. The data's word, where the data tells of anybody but customers;
    else the map's word for the touchpoint; else whoever is named as performer, unless it is a call for help: of that
    the performer is who answers. A manager's call is none."""
    lens = view.lens
    company = lens.flags("actor", is_company)
    if company[:-1].any():
        return np.asarray(company[view.column("actor")])
    asks = lens.flags("activity", names_contact)[view.column("activity")]
    asks = asks | lens.flags("channel", lambda name: name.lower() in CONTACT_CHANNELS)[view.column("channel")]
    asks &= ~lens.flags("activity", names_call_out)[view.column("activity")]
    acts = (view.column("performer") != ABSENT) & ~asks
    if lens.map is None:
        return np.asarray(acts)
    told = [None if touchpoint.actor is None else is_company(touchpoint.actor) for touchpoint in lens.map.touchpoints]
    says = np.array([one is not None for one in told] + [False])
    is_own = np.array([bool(one) for one in told] + [False])
    return np.asarray(np.where(says[view.nodes], is_own[view.nodes], acts))
