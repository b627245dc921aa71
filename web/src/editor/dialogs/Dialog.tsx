import { Modal, type ModalProps } from "@mantine/core";
import { useWords } from "../../i18n";

/** A dialog whose closing button has a name. */
export function Dialog(props: ModalProps) {
  const { t } = useWords();
  return <Modal {...props} closeButtonProps={{ "aria-label": t("editor.close") }} />;
}
