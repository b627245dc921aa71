import { ROLES } from "../../data/people";
import { useWords } from "../../i18n";
import { TickIcon } from "../../ui/icons";
import classes from "./people.module.css";

const RIGHTS = [
  ["maps", 0],
  ["edit", 1],
  ["personal", 2],
  ["load", 2],
  ["own", 3],
] as const;

/** What each role may do. */
export function RightsTable() {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways on a phone must be reached by keys
    <section className={classes.rightsBox} tabIndex={0} aria-label={t("people.rights")}>
      <table className={classes.rights}>
        <thead>
          <tr>
            <th scope="col">{t("people.rights")}</th>
            {ROLES.map((role) => (
              <th scope="col" key={role}>
                {t(`people.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {RIGHTS.map(([right, from]) => (
            <tr key={right}>
              <th scope="row">{t(`people.right.${right}`)}</th>
              {ROLES.map((role, place) => (
                <td key={role}>
                  {place >= from ? (
                    <>
                      <TickIcon />
                      <span className="visually-hidden">{t("people.yes")}</span>
                    </>
                  ) : (
                    <span aria-label={t("people.no")} role="img">
                      –
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
