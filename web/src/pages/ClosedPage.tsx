import { useEffect } from "react";
import { useWords } from "../i18n";
import { CopyCommand } from "../ui/CopyCommand";
import { Card } from "../views/people/Card";

/** Nobody has an account, and the one who asks is not at the machine of the service. */
export default function ClosedPage() {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${t("people.closed_title")} – ${t("app.name")}`;
  }, [t]);
  return (
    <Card title={t("people.closed_title")} text={t("people.closed_text")}>
      <CopyCommand command="tropa people WS add NAME --role owner" />
    </Card>
  );
}
