import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { createBrowserRouter, Navigate, Outlet, ScrollRestoration } from "react-router";
import { RouterProvider } from "react-router/dom";
import "dayjs/locale/ru";
import { ServiceError } from "./data/errors";
import { useWords } from "./i18n";
import { Gate } from "./pages/Gate";
import { MapPage } from "./pages/MapPage";
import { NotFoundPage } from "./pages/NotFoundPage";
import { OpeningPage } from "./ui/Opening";
import { theme } from "./ui/theme";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // Only a service that cannot be reached is worth asking twice by itself: every other answer would be the same.
      retry: (failed, error) => failed < 1 && error instanceof ServiceError && error.kind === "network",
      refetchOnWindowFocus: false,
    },
  },
});

const FindingsPage = lazy(() => import("./pages/FindingsPage"));
const StartPage = lazy(() => import("./pages/StartPage"));
const FindingPage = lazy(() => import("./pages/FindingPage"));
const ExplorePage = lazy(() => import("./pages/ExplorePage"));
const JourneyPage = lazy(() => import("./pages/JourneyPage"));
const MapsPage = lazy(() => import("./pages/MapsPage"));
const EditMapPage = lazy(() => import("./pages/EditMapPage"));
const PeoplePage = lazy(() => import("./pages/PeoplePage"));
const InvitePage = lazy(() => import("./pages/InvitePage"));
const SharedMapPage = lazy(() => import("./pages/SharedMapPage"));

/** A new page begins at its top, and going back leads to where one was. */
function Root() {
  return (
    <Gate>
      <Outlet />
      <ScrollRestoration />
    </Gate>
  );
}

const router = createBrowserRouter([
  {
    element: <Root />,
    children: [
      { path: "/", element: <MapPage /> },
      { path: "/findings", element: <FindingsPage /> },
      { path: "/findings/:id", element: <FindingPage /> },
      { path: "/explore", element: <Navigate to="/explore/paths" replace /> },
      { path: "/explore/:view", element: <ExplorePage /> },
      { path: "/explore/journeys/:customer", element: <JourneyPage /> },
      { path: "/maps", element: <MapsPage /> },
      { path: "/maps/:id/edit", element: <EditMapPage /> },
      { path: "/people", element: <PeoplePage /> },
      { path: "/invite/:token", element: <InvitePage /> },
      { path: "/s/:token", element: <SharedMapPage /> },
      { path: "/start", element: <StartPage /> },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
]);

export function App() {
  const { language } = useWords();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1 }}>
        <QueryClientProvider client={client}>
          <Suspense fallback={<OpeningPage />}>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
