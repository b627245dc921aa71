import { createTheme, type MantineColorsTuple } from "@mantine/core";

const trail: MantineColorsTuple = [
  "#eaf6f4",
  "#d7ebe8",
  "#abd7d1",
  "#7cc2b9",
  "#56b0a5",
  "#3ea599",
  "#2e9f93",
  "#1f8a7f",
  "#0f6f67",
  "#0f5c57",
];

// Shade 8 and up: white text on it keeps a contrast of 4.5 and more.
export const theme = createTheme({
  primaryColor: "trail",
  colors: { trail },
  primaryShade: { light: 9, dark: 8 },
  fontFamily: '"Inter Variable", Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  headings: { fontWeight: "650" },
});
