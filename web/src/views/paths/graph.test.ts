import { expect, it } from "vitest";
import type { Flow, Transitions } from "../../api";
import { alluvialOf, conditionOf, shownAt } from "./alluvial";
import { curveThrough, END, edgeId, graphOf, MOST_EDGES, MOST_NODES, middleOf, START } from "./graph";

/** A graph of so many nodes in a row, with steps back and to everything. */
function told(size: number): Transitions {
  const name = (place: number) => `n${place}`;
  const nodes = Array.from({ length: size }, (_, place) => ({
    node: name(place),
    events: 1000 - place,
    journeys: 1000 - place,
    starts: place === 0 ? 1000 : 0,
    ends: place === size - 1 ? 990 : place === 1 ? 10 : 0,
  }));
  const edges = nodes.flatMap((_, source) =>
    nodes.map((_other, target) => ({
      source: name(source),
      target: name(target),
      count: target === source + 1 ? 900 : 1 + ((source * 7 + target) % 5),
      journeys: 1,
      share: 0.1,
      mean_seconds: 60,
      loop: source === target,
    })),
  );
  return { by: "touchpoint", nodes, edges };
}

it("keeps the most frequent places, and every one of them has a way in and out", () => {
  const graph = graphOf(told(12), 0.4);
  expect(graph.nodes.map((node) => node.id)).toEqual(["n0", "n1", "n2", "n3", "n4", "n5", "n6"]);
  expect([graph.allNodes, graph.allEdges]).toEqual([12, 132]);
  for (const node of graph.nodes) {
    expect(graph.edges.some((edge) => edge.source === node.id)).toBe(true);
    expect(graph.edges.some((edge) => edge.target === node.id)).toBe(true);
  }
  expect(graph.edges.some((edge) => edge.source === START && edge.target === "n0")).toBe(true);
  // One journey in a hundred ends at n1: too few to be shown yet.
  expect(graph.edges.some((edge) => edge.target === END)).toBe(false);
});

it("shows everything at full detail, up to what can be read", () => {
  const whole = graphOf(told(5), 1);
  expect(whole.edges.filter((edge) => edge.source !== START && edge.target !== END)).toHaveLength(20);
  expect(whole.edges.filter((edge) => edge.target === END)).toHaveLength(2);
  expect(whole.nodes[0]?.loops?.count).toBe(1);
  const large = graphOf(told(300), 1);
  expect(large.nodes).toHaveLength(MOST_NODES);
  expect(large.edges.length).toBeLessThanOrEqual(MOST_EDGES + 2 * MOST_NODES);
});

it("survives a graph of nothing and of one", () => {
  expect(graphOf({ by: "touchpoint", nodes: [], edges: [] }, 0.5).edges).toEqual([]);
  expect(graphOf(told(1), 0).nodes).toHaveLength(1);
});

it("draws a line through all points and finds its middle", () => {
  const points = [0, 10, 30].map((y) => ({ x: 0, y }));
  expect(curveThrough(points)).toBe("M0,0Q0,10 0,20L0,30");
  expect(middleOf(points)).toEqual({ x: 0, y: 15 });
  expect([curveThrough([]), middleOf([])]).toEqual(["", { x: 0, y: 0 }]);
  expect(edgeId({ source: "a b", target: "c" })).not.toBe(edgeId({ source: "a", target: "b c" }));
});

const place = (step: string, kind: string, name: string | null, journeys: number) => ({
  step,
  kind,
  name,
  journeys,
  share: journeys / 100,
  share_low: 0,
  share_high: 1,
  names: 1,
});
const link = (
  step: string,
  source_kind: string,
  source: string | null,
  target_kind: string,
  target: string | null,
) => ({ step, source_kind, source, target_kind, target }) as const;

const FLOW: Flow = {
  anchor: "A",
  by: "touchpoint",
  direction: "after",
  journeys: 100,
  places: [
    place("1", "name", "B", 60),
    place("1", "other", null, 30),
    place("1", "end", null, 10),
    place("2", "name", "A", 90),
  ],
  links: [
    { ...link("1", "name", "A", "name", "B"), journeys: 60 },
    { ...link("1", "name", "A", "other", null), journeys: 30 },
    { ...link("1", "name", "A", "end", null), journeys: 10 },
    { ...link("2", "name", "B", "name", "A"), journeys: 60 },
    { ...link("2", "other", null, "name", "A"), journeys: 30 },
  ],
};

it("gives every journey of the flow its thickness", () => {
  const { blocks, ribbons } = alluvialOf(FLOW);
  expect(blocks).toHaveLength(5);
  expect(ribbons).toHaveLength(5);
  const [anchor, first] = blocks;
  expect((first?.height ?? 0) / (anchor?.height ?? 1)).toBeCloseTo(0.6);
  expect(blocks.every((block, at) => at === 0 || block.x > 0)).toBe(true);
  const back = alluvialOf({ ...FLOW, direction: "before" });
  expect(back.blocks[0]?.x).toBeGreaterThan(back.blocks[1]?.x ?? 0);
});

it("asks for the journeys of a block as the flow counts them", () => {
  const { blocks } = alluvialOf(FLOW);
  const asked = blocks.map((block) => conditionOf(block, shownAt(FLOW, block.step)));
  expect(asked).toEqual([
    { at: [], not_at: [] },
    { at: ["1=B"], not_at: [] },
    { at: [], not_at: ["1=B", "1="] },
    { at: ["1="], not_at: [] },
    { at: ["2=A"], not_at: [] },
  ]);
});

/** The goal is rare, and come to only by a place that is rarer still than those shown. */
const RARE: Transitions = {
  by: "touchpoint",
  nodes: [
    ["ask", 1000, 1000, 300],
    ["look", 900, 0, 500],
    ["try", 800, 0, 100],
    ["sign", 60, 0, 0],
    ["call", 50, 0, 0],
    ["paid", 40, 0, 40],
  ].map(([node, journeys, starts, ends]) => ({
    node: String(node),
    events: Number(journeys),
    journeys: Number(journeys),
    starts: Number(starts),
    ends: Number(ends),
  })),
  edges: [
    ["ask", "look", 900],
    ["look", "try", 800],
    ["try", "sign", 60],
    ["try", "call", 50],
    ["call", "paid", 5],
    ["sign", "paid", 35],
    ["paid", "paid", 3],
  ].map(([source, target, n]) => ({
    source: String(source),
    target: String(target),
    count: Number(n),
    journeys: Number(n),
    share: 0.1,
    mean_seconds: 60,
    loop: source === target,
  })),
};

it("shows the goal at any detail, with its strongest way", () => {
  expect(graphOf(RARE, 0).nodes.map((node) => node.id)).toEqual(["ask", "look", "try"]);
  const graph = graphOf(RARE, 0, ["paid"]);
  expect(graph.nodes.map((node) => node.id)).toEqual(["ask", "look", "try", "sign", "paid"]);
  const ways = graph.edges.map((edge) => `${edge.source}>${edge.target}`);
  expect(ways).toContain("sign>paid");
  expect(ways).toContain("try>sign");
  expect(ways).not.toContain("call>paid");
});

it("leaves no place without a way from the start, at whatever detail", () => {
  for (const told_ of [RARE, told(40)]) {
    for (const detail of [0, 0.1, 0.35, 0.6, 1]) {
      const graph = graphOf(told_, detail, ["paid"]);
      const reached = new Set([START]);
      for (const _ of graph.nodes)
        for (const edge of graph.edges) if (reached.has(edge.source)) reached.add(edge.target);
      expect(graph.nodes.filter((node) => !reached.has(node.id))).toEqual([]);
    }
  }
});

it("lets journeys end where nothing else leads on", () =>
  expect(graphOf(RARE, 0, ["paid"]).edges.filter((edge) => edge.source === "paid")).toMatchObject([
    { target: END, count: 40 },
  ]));
