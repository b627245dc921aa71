import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n";
import classes from "./tools.module.css";

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog whose head is no banner of the page. */
export function Dialog({ title, opened, onClose, children }: DialogProps) {
  const { t } = useWords();
  return (
    <Modal.Root opened={opened} onClose={onClose} size="lg" yOffset="10vh" returnFocus={false}>
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content>
        <div className={classes.dialogHead}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t("drawer.close")} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
