"""Words by which a comment shows a kind of pain or a reason of discontent."""

PAINS: dict[str, str] = {
    "finance": """
        цен* стоимост* дорог* дорого дороже переплат* комисси* процент* ставк* штраф* пен* деньг* денег рубл* руб
        платеж* оплат* тариф* списал* списан* списыва* взима* доплат* скидк* возврат_денег верните_деньги страховк*
        бюджет* расход* выгодн* вернули_деньги двойн*_списан* счет_за
        price* pricing cost* expensive pricey overpriced fee fees charge charged charges commission* interest rate rates
        penalty money refund* payment* pay paid tariff* bill billed billing discount* insurance dollar* $ € ₽
    """,
    "process": """
        долг* долго ждал* ждать ждем жду ожида* очеред* срок* задерж* опозд* бюрократ* волокит* документ* справк* анкет*
        форм* заново снова повторн* опять этап* процедур* процесс* проверк* проверя* оформлен* оформля* согласова*
        бумаг* бумажк* доставк* курьер* передали перенаправ* перекидыв* футбол* отправили_обратно вернули_на регистрац*
        заполня* заполнил* подпис* заявк* перенес* перенос* отказ* отказал* отклон* просроч*
        wait waited waiting queue* line delay* delayed late slow slowly document* paperwork form forms again
        twice repeat* procedure* process* approval* verif* registration delivery courier step steps schedule*
        deadline* transfer* bureaucra* cancel* reschedul* rejected lost_bag* luggage baggage boarding check-in
    """,
    "support": """
        поддержк* оператор* сотрудник* менеджер* специалист* консультант* кассир* администратор* персонал колл-центр*
        горяч*_лини* чат чате бот роботы робот не_отвеч* не_ответ* не_дозвон* дозвон* перезвон* игнор* хам* груб*
        равнодуш* отписк* жалоб* обращен* некомпетент* не_помог* трубк* молчат тишин* вежлив* объяснил* объяснен*
        support agent agents operator* staff manager* representative* rep reps employee* helpdesk hotline
        chatbot bot chat call called calling callback answer* reply replied respond* response* rude ignored
        unhelpful hold on_hold customer_service helpful attendant* crew
    """,
    "productivity": """
        приложени* сайт* кабинет* ошибк* сбой сбои сбоит вылета* вылетел* завис* виснет тормоз* глюч* глюк* лага* баг*
        не_работа* не_загруж* не_открыв* не_приходит_код смс код пароль парол* логин* вход войти авториз* обновлен*
        интерфейс* кнопк* слета* сбрасыв* стира* неудобн* функци* загруз* экран* грузит* камер* скан* терминал*
        app apps application_crash* site website web page* error errors crash* crashed bug bugs bugg* glitch* freeze*
        frozen hang hangs lag login log_in password code sms button* interface screen* upload* download* load loading
        update* not_work* doesn't_work broken feature* scan* wifi
    """,
}

REASONS: dict[str, str] = {
    "terms": """
        срок* долг* долго дольше задерж* опозд* опазды* вовремя просроч* ждал* ждать ждем жду прожда* ожидан* медлен*
        до_сих_пор так_и_не #_час* #_день #_дня #_дней #_недел* #_месяц* #_сут* весь_день целый_день
        delay* delayed late overdue deadline* on_time slow slowly wait waited waiting long_time too_long took_forever
        still_waiting #_hour* #_day* #_week* #_month* hours
    """,
    "incompetence": """
        некомпетент* неграмотн* безграмотн* непрофессионал* не_знают не_знает не_разбира* не_понима*_сотрудник*
        ничего_не_знают ничего_не_могут не_умеют не_умеет напутал* перепутал* путают ошибся ошиблись ошибка_сотрудник*
        не_могут_объяснить не_смогли_объяснить говорят_разное по-разному разн*_информац* кажд*_говорит_разн* бардак
        халатн* безответствен* неверн*_информац* неправильн* не_в_курсе стажер* неопытн*
        incompetent incompeten* unprofessional clueless don't_know doesn't_know didn't_know no_idea untrained mixed_up
        wrong_information wrong_info different_answers misinformed contradict* mistake* messed_up careless inept
        conflicting
    """,
    "deceit": """
        обман* обману* лгут лжет лгали ложь вранье врут врал* наврал* соврал* ввели_в_заблуждение вводят_в_заблуждение
        мошен* жулик* развод разводят развели кинул* кидал* скрыт*_комисси* скрыт* скрыва* скрыли умолчал* навяз*
        втюх* впари* втихую мелк*_шрифт* без_моего_ведома без_согласия без_спроса недобросовест* аферист* подключили_без
        lie lied lies lying liar* deceiv* deceit decept* cheat* scam* fraud* mislead* misled hidden_fee* hidden hid
        dishonest trick* fine_print rip-off ripoff ripped_off bait without_my_consent false_advertis* con
    """,
    "change_without_explanation": """
        без_предупрежд* без_объяснен* без_уведомлен* не_предупред* не_уведом* не_объясн* не_сообщил* внезапно вдруг
        в_одностороннем изменил*_услови* поменял*_услови* изменил*_тариф* повысил* подняли_цен* условия_изменились
        задним_числом передумал* отменил* сами_изменили перенесли_без молча без_причины без_объяснения_причин
        without_explanation without_warning without_notice no_explanation no_notice no_warning suddenly changed_the
        changed_my changed_without unexplained raised_the_price price_went_up cancelled_without canceled_without
        unilateral* not_informed never_told not_told
    """,
    "unlike_promise": """
        обещал* обещают обещан* обещали_одно не_соответств* не_то не_тот не_та не_те не_такой не_такая не_такие отлича*
        вместо на_деле на_самом_деле по_факту в_рекламе реклам* говорили_одно сказали_одно оказалось оказал*
        ожидал_больше заявлен* не_как_на в_описании на_картинке на_фото другой_цвет другой_размер не_сдерж*
        слово_не
        promise promised promises as_advertised advertised not_as_described unlike differs different_from instead
        expected turned_out not_what in_fact supposed_to said_it_would told_me_it told_us_it description wrong_size
        wrong_color wrong_item wrong_order
    """,
}
