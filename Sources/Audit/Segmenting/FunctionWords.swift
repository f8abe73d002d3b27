import AuditCore

/// Function words by language: short, frequent, and rare in the other languages. Written from general knowledge of
/// the languages; Arabic-script words are in folded form.
enum FunctionWords {
  static let byLanguage: [(language: String, words: String)] = [
    (
      "en",
      "as an a i we my at on in be or if he she do so no up out me us just all any more new most only over first now these being does did am one two before where while after the and of to is that it was for with are this they have from not but what which their will would there been were you your about our these those has had can could should who when how its than into because"
    ),
    (
      "fr",
      "le la les des est et une dans pour que qui sur pas plus avec ce cette sont par nous vous ils elle mais ou être été ont aux leur"
    ),
    (
      "de",
      "der die das und ist nicht ein eine mit von zu den dem auf für sich auch es werden wird sind bei wie oder aus nach hat haben wir ich sie einen einer"
    ),
    (
      "es",
      "el los las una que es por con para del se lo como más pero sus ha este esta son fue ser también entre cuando muy sin sobre"
    ),
    (
      "it",
      "il gli che di è per una con non del della sono dei nel alla più questo anche come ma si le lo ha stato"
    ),
    (
      "pt",
      "os as uma que não para com por do da dos das em mais como foi ao são mas seu sua pelo pela também"
    ),
    (
      "nl",
      "het een van en is niet dat op te zijn voor met aan er maar ook als bij door naar uit worden deze wordt heeft"
    ),
    ("tr", "bir ve bu için ile çok daha olarak olan gibi ama kadar sonra değil olduğu ne en her"),
    (
      "id",
      "yang dan di ini itu dengan untuk tidak dari dalam akan pada adalah juga oleh sebagai karena mereka"
    ),
    ("sv", "och att det som en på är av för med den till inte om ett han var har de så"),
    (
      "ar",
      "اين هناك لدي لدينا نحو عبر بعض لان فان وقد كما ولا وهو وهي ومن وفي انا لي لك له لها لهم نا يمكن يجب تم سوف عند فقط ليس ليست بل في من علي الي عن ان هذا هذه التي الذي ما لا كان كانت هو هي او كما بين بعد قبل كل مع لم لن قد ثم حتي اذا عند ذلك تلك حيث الا غير منذ خلال ايضا بها فيها عليه انه انها يا هل كيف لماذا اي انت نحن"
    ),
    ("fa", "در به از که این را با است برای آن یک شود می های خود تا بر هم نیز اما شده کرد باید ها دارد بود"),
    ("ur", "کے کی میں ہے اور سے کا کو نے پر یہ ہیں اس کہ نہیں بھی تھا گیا لیے"),
    ("ru", "и в не на что с по как это из но за от для его все так был она они же мы"),
    ("bg", "и на да се за от е че не са по като ще със бе при това който"),
    ("uk", "і в на не що з та до як за це від для його але є про"),
    ("el", "και το να του της με στο για την που είναι από δεν τα των"),
    ("he", "של את על לא עם הוא זה כי היא אם גם או אני"),
  ]
}
