import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../../i18n";
import classes from "./people.module.css";

interface Props {
  title: string;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

/** A dialog over the page. */
export function Dialog({ title, onClose, size = "md", children }: Props) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t("people.close") }}
      attributes={{ header: { role: "presentation" } }}
      classNames={{ title: classes.drawerTitle ?? "" }}
    >
      {children}
    </Modal>
  );
}
