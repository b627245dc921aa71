import { Modal, type ModalProps } from "@mantine/core";
import { useWords } from "../../i18n";
import classes from "./dialogs.module.css";

/** A dialog whose closing button has a name, and whose head is no second banner of the page. */
export function Dialog({ title, children, ...props }: ModalProps) {
  const { t } = useWords();
  return (
    <Modal.Root {...props}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t("editor.close")} />
        </div>
        <Modal.Body className={classes.body}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
