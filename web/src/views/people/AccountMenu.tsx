import { ActionIcon, Menu } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useSession, useSignOut, useSignOutElsewhere } from "../../data/session";
import { useWords } from "../../i18n";
import { PeopleIcon } from "../../ui/icons";
import { initials } from "./initials";
import classes from "./people.module.css";

const PasswordDialog = lazy(() => import("./PasswordDialog"));

/** Who is signed in, in the head of every page; without accounts, the way to make the first one. */
export function AccountMenu() {
  const { t } = useWords();
  const session = useSession().data;
  const leave = useSignOut();
  const elsewhere = useSignOutElsewhere();
  const [password, setPassword] = useState(false);
  const you = session?.you;
  if (!you) return null;
  if (!session.accounts)
    return (
      <ActionIcon
        component={Link}
        to="/people"
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.noPrint ?? ""}
        aria-label={t("people.title")}
        title={t("people.title")}
      >
        <PeopleIcon />
      </ActionIcon>
    );
  return (
    <>
      <Menu
        position="bottom-end"
        withinPortal={false}
        shadow="md"
        width={250}
        withInitialFocusPlaceholder={false}
        transitionProps={{ duration: 0 }}
      >
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            radius="xl"
            className={classes.noPrint ?? ""}
            title={you.name}
          >
            <span className={classes.avatar} aria-hidden="true">
              {initials(you.name)}
            </span>
            <span className="visually-hidden">{t("people.account_of", { name: you.name })}</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label role="presentation" c="var(--ink-2)">
            <bdi className={classes.whoName}>{you.name}</bdi>
            {t(`people.role.${you.role}`)}
          </Menu.Label>
          <Menu.Divider />
          {you.rights.includes("own") && (
            <Menu.Item component={Link} to="/people">
              {t("people.title")}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setPassword(true)}>{t("people.change_password")}</Menu.Item>
          <Menu.Item
            onClick={() => elsewhere.mutate()}
            closeMenuOnClick={false}
            disabled={elsewhere.isPending}
          >
            {elsewhere.isSuccess
              ? t("people.ended", { count: elsewhere.data.sessions })
              : t("people.sign_out_elsewhere")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => leave.mutate()}>{t("people.sign_out")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {password && (
        <Suspense fallback={null}>
          <PasswordDialog onClose={() => setPassword(false)} />
        </Suspense>
      )}
    </>
  );
}
