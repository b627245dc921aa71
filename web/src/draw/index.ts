export * from "./curve";
export * from "./effect";
export * from "./flow";
export * from "./format";
export * from "./gap";
export * from "./heat";
export * from "./weeks";
