import { Button, CopyButton, TextInput } from "@mantine/core";
import { useWords } from "../../i18n";
import classes from "./people.module.css";

interface Props {
  link: string;
  label: string;
  help: string;
}

/** A link that is told only once, ready to be copied. */
export function CopyLink({ link, label, help }: Props) {
  const { t } = useWords();
  return (
    <div className={classes.made} role="status" data-link="">
      <TextInput
        label={label}
        description={help}
        value={link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: classes.link ?? "" }}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => (
          <Button onClick={copy} variant={copied ? "light" : "filled"}>
            {copied ? t("people.copied") : t("people.copy")}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
