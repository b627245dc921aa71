export * from "./curve";
export * from "./flow";
export * from "./format";
export * from "./heat";
