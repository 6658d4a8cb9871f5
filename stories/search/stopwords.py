"""Words that say nothing by themselves, per language; elided articles among them."""

_WORDS = {
    "ca": "a al als amb aquest aquesta com d de del dels el els en és es ha i l la les "
    "li lo m més n no o per però que qui s se si són sobre t un una uns",
    "cs": "a aby ale ani až bez být co do i já jak je jeho jej její jejich jen jsem "
    "jsme jsou k kde když který která které ma mi na nebo ne než o od po pod pro při "
    "s se si tak také ten to toho tu u v ve za ze že",
    "da": "af alle at blev den denne der deres det dette dig din disse dog du efter "
    "eller en end er et for fra ham han har havde hun hvad hvis hvor i ikke ind jeg "
    "jo kan kom man med meget men mig min mit når og også om op os over på sig skal "
    "som sådan til ud under var vi vil ville være været",
    "de": "aber als also am an auch auf aus bei bin bis bist da damit dann das dass "
    "dein dem den denn der des die dies diese diesem diesen dieser dieses doch dort "
    "du durch ein eine einem einen einer eines er es für hab habe haben hat hatte "
    "hatten ich ihm ihn ihr ihre im in ins ist ja jetzt kann mein meine mich mir mit "
    "muss nach nicht noch nun nur ob oder ohne sein seine sich sie sind so über um "
    "und uns unser unter vom von vor war waren was weil wenn wer wie wir wird wo zu "
    "zum zur",
    "en": "a about after all am an and any are as at be because been before being but "
    "by can could d did do does doing down during each for from further had has have "
    "having he her here hers him his how i if in into is it its just ll m me more "
    "most my no nor not of off on once only or other our out over own re s same she "
    "should so some such t than that the their them then there these they this those "
    "through to too under until up us ve very was we were what when where which while "
    "who whom why will with would you your",
    "es": "a al algo ante antes como con contra cual cuando de del desde donde durante "
    "e el ella ellas ellos en entre era es esa ese eso esta está estaba este esto ha "
    "había han hasta hay la las le les lo los más me mi mis mucho muy nada ni no nos "
    "nosotros o os otra otro para pero poco por porque que qué quien se ser si sí sin "
    "sobre son su sus también te ti tu tus un una uno unos y ya yo",
    "fi": "ei että hän he ja jo joka jos kai kanssa kuin kun me mikä minä minun mitä "
    "mutta myös ne niin nyt oli olen olla olisi ollut on se sen sinä sitä tai tämä "
    "tämän te vaan vain",
    "fr": "à ai as au aux avec c ce ces cette d dans de des du elle elles en es est et "
    "être eu eux il ils j je jusqu l la le les leur leurs lorsqu lui m ma mais me "
    "même mes moi mon n ne nos notre nous on ont ou où par pas plus pour puisqu qu "
    "que qui quoi qu s sa sans se ses si son sont sur t ta te tes toi ton très tu un "
    "une vos votre vous y",
    "hu": "a az és hogy nem is egy ez de meg ha csak már volt van lesz mint ki be el "
    "vagy ezt azt én te ő mi ti ők még majd",
    "id": "ada adalah agar akan aku atau bagi bisa dalam dan dari dengan di dia harus "
    "hanya ini itu juga kami kamu karena ke kita lagi lebih mereka namun oleh pada "
    "para saat saja sangat saya sebagai sudah seperti telah tersebut tetapi tidak "
    "untuk yang",
    "it": "a ad agli ai al all alla alle allo anche avere aveva c che chi ci come con "
    "contro cosa cui d da dagli dai dal dall dalla dalle dallo degli dei del dell "
    "della delle dello di dove e è ed era erano essere fra gli ha hai hanno ho i il "
    "in io l la le lei li lo loro lui m ma me mi mia mie miei mio ne negli nei nel "
    "nell nella nelle nello noi non nostra nostro o per perché più poi quale quando "
    "quanto quella quelle quelli quello questa queste questi questo qui s sa se sei "
    "si sia siamo sono sta su sua sue sugli sui sul sull sulla sulle sullo suo suoi "
    "t te ti tra tu tua tuo un una uno v vi voi",
    "nl": "aan al als bij daar dan dat de der deze die dit doch doen door dus een en "
    "er ge geen haar had heb hebben heeft hem het hier hij hoe hun iets ik in is ja "
    "je kan kon maar me meer men met mij mijn na naar niet niets nog nu of om onder "
    "ons ook op over s t te tegen toch toen tot u uit uw van veel voor want waren was "
    "wat we wel werd wezen wie wij wil worden zal ze zei zich zij zijn zo zou",
    "no": "alle at av både da de deg dem den denne der det dette du eller en er et "
    "etter for fra ha hadde han har henne hun hva hvis hvor i ikke ja jeg kan kom man "
    "med meg meget men min mitt når og også om opp oss over på seg selv sin skal som "
    "så til ut var ved vi vil være vært",
    "pl": "a aby ale bardzo bez by być był była było były ci co czy dla do gdy gdzie "
    "go i ich ja jak jako je jego jej jest jestem już każdy kiedy kto która które "
    "który lub ma mi mnie mój my na nad nas nie nich nim o od on ona oni po pod przed "
    "przez przy się są ta tak tam te tego tej ten to tu ty tylko tym u w we więc z za "
    "ze że",
    "pt": "a à ao aos as às até com como da das de dela dele do dos e é ela elas ele "
    "eles em entre era essa esse esta está este eu foi há isso isto já la lhe lo mais "
    "mas me mesmo meu minha muito na não nas nem no nos nós o os ou para pela pelo "
    "por porque qual quando que quem se sem ser seu seus só sua suas também te tem um "
    "uma você vocês",
    "ro": "a acest această ai al ale am ar are au ca care ce că cea cel cu cum da dar "
    "de despre din după ea ei el era este eu fi fost i în la le lui m mai mea meu mi "
    "mult n ne ni nu o or pe pentru prin s sa sau se si și sunt să un una unde unei "
    "unui v va vă",
    "ru": "а без бы был была были было быть в вам вас во вот все всё вы где да для до "
    "его ее её если есть еще ещё же за и из или им их к как ко когда кто ли меня мне "
    "мой мы на над нас не него нет ни но ну о об он она они от по под при с сам себя "
    "со так там то того тоже только том ты у уже хотя чего чем что чтобы эта эти это "
    "этот я",
    "sv": "alla att av blev bli blir dem den denna deras dess det detta dig din du där "
    "då efter ej eller en er ett från för ha hade han har henne hennes hon honom hur i "
    "icke ingen inom inte jag kan man med mellan men mig min mitt mot mycket ni nu när "
    "och om oss på samma sedan sig sin sina sitt som så till under upp ut vad var vara "
    "varit vi vid vilken vår än är över",
    "tr": "acaba ama ben bir biz bu çok çünkü da daha de değil diye en gibi hem hep "
    "her hiç için ile ise kadar ki kim mı mi mu mü ne neden o olan olarak sen siz "
    "şu ve veya ya yani",
    "ar": "في من على إلى عن مع هذا هذه ذلك التي الذي و أو ثم لا ما لم لن قد كان كانت "
    "هو هي هم أنا نحن أن إن كل بعد قبل بين حتى إذا كما",
    "hi": "का के की को में से है हैं था थे थी और या पर ने यह वह ये वे एक कि जो तो भी "
    "ही नहीं मैं हम आप इस उस कर हो गया",
}

STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
for _other, _language in (("nb", "no"), ("nn", "no"), ("ms", "id")):
    STOP_WORDS[_other] = STOP_WORDS[_language]
