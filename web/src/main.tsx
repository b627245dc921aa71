import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startWords } from "./i18n";

const root = document.getElementById("root");
if (root) void startWords().then(() => createRoot(root).render(<App />));
