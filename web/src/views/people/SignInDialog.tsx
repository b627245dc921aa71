import { Modal } from "@mantine/core";
import { useEnter, useSignIn } from "../../data/session";
import { useWords } from "../../i18n";
import { SignInForm } from "./SignInForm";

/** The session ended while somebody was at work: they sign in over the page, and nothing that was typed is lost. */
export function SignInDialog({ name }: { name: string }) {
  const { t } = useWords();
  const signIn = useSignIn();
  const enter = useEnter();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t("people.again_title")}
      zIndex={400}
      attributes={{ header: { role: "presentation" } }}
    >
      <p style={{ marginTop: 0 }}>{t("people.again_text")}</p>
      <SignInForm
        name={name}
        action={t("people.sign_in")}
        busy={signIn.isPending}
        error={signIn.error}
        onSubmit={(typed) => signIn.mutate(typed, { onSuccess: enter })}
      />
    </Modal>
  );
}
