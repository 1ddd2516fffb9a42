// SPDX-License-Identifier: EUPL-1.2
// Made-up names and the ways offices write them. Surnames are a stem and an ending drawn apart
// (stems of trades, places and animals); the spelling rules are those an office meets: tables for
// Ukrainian (Cabinet of Ministers 2010, Russian, Dutch, ISO 9), replacements for the others.

#include "made_names.h"

#include <math.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

// A piece in the tongue's own script and in Latin; latin NULL: made by table, or the same.
struct piece {
    const char *own;
    const char *latin;
};

struct pieces {
    const struct piece *list;
    size_t count;
};

#define PIECES(list)                                                                               \
    { list, COUNT(list) }

static const struct piece dutch_male[] = {{"Daan"}, {"Sem"}, {"Lucas"}, {"Bram"}, {"Thijs"},
    {"Jesse"}, {"Lars"}, {"Ruben"}, {"Niels"}, {"Sander"}, {"Joost"}, {"Wouter"}, {"Maarten"},
    {"Pieter"}, {"Hendrik"}, {"Gijs"}, {"Jeroen"}, {"Koen"}, {"Rik"}, {"Teun"}, {"Cas"}, {"Mees"},
    {"Floris"}, {"Wessel"}};
static const struct piece dutch_female[] = {{"Emma"}, {"Sanne"}, {"Lotte"}, {"Fleur"}, {"Anouk"},
    {"Iris"}, {"Femke"}, {"Maaike"}, {"Marieke"}, {"Noor"}, {"Roos"}, {"Esmée"}, {"Tess"},
    {"Eline"}, {"Willemijn"}, {"Jacoba"}, {"Hanneke"}, {"Nienke"}, {"Fenna"}, {"Saar"}, {"Liv"},
    {"Merel"}, {"Britt"}, {"Carlijn"}};
static const struct piece dutch_prefix[] = {{""}, {""}, {""}, {"van"}, {"de"}, {"van der"},
    {"van den"}, {"van de"}, {"ten"}, {"ter"}, {"in 't"}, {"van 't"}};
static const struct piece dutch_stem[] = {{"Berg"}, {"Dijk"}, {"Molen"}, {"Water"}, {"Veld"},
    {"Heide"}, {"Linden"}, {"Vis"}, {"Kuip"}, {"Smit"}, {"Bos"}, {"Ros"}, {"Zand"}, {"Wijn"},
    {"Eik"}, {"Haan"}, {"Meer"}, {"Poel"}, {"Horst"}, {"Kamp"}, {"Steen"}, {"Brug"}, {"Broek"},
    {"Wold"}, {"Duin"}, {"Vink"}, {"Zwaan"}, {"Haver"}, {"Klaver"}, {"Esch"}};
static const struct piece dutch_middle[] = {{""}, {"en"}, {"er"}, {"els"}, {"ing"}, {"ker"},
    {"ens"}, {"ele"}, {"aar"}, {"ig"}, {"ders"}, {"elen"}};
static const struct piece dutch_end[] = {{""}, {"huizen"}, {"stra"}, {"sma"}, {"man"}, {"mans"},
    {"ink"}, {"veld"}, {"hof"}, {"kamp"}, {"berg"}, {"laar"}, {"donk"}, {"burg"}, {"wijk"},
    {"oord"}, {"gaard"}, {"beek"}, {"horst"}, {"roth"}};

static const struct piece polish_male[] = {{"Piotr"}, {"Krzysztof"}, {"Andrzej"}, {"Tomasz"},
    {"Paweł"}, {"Michał"}, {"Marcin"}, {"Łukasz"}, {"Grzegorz"}, {"Wojciech"}, {"Mateusz"},
    {"Dawid"}, {"Jakub"}, {"Kamil"}, {"Rafał"}, {"Sławomir"}, {"Zbigniew"}, {"Bartłomiej"}};
static const struct piece polish_female[] = {{"Anna"}, {"Katarzyna"}, {"Małgorzata"}, {"Agnieszka"},
    {"Barbara"}, {"Ewa"}, {"Krystyna"}, {"Magdalena"}, {"Joanna"}, {"Aleksandra"}, {"Zofia"},
    {"Justyna"}, {"Bożena"}, {"Wioletta"}, {"Grażyna"}, {"Jadwiga"}, {"Kinga"}, {"Świętosława"}};
static const struct piece polish_stem[] = {{"Kowal"}, {"Wiśniew"}, {"Wójcic"}, {"Lewandow"},
    {"Zieliń"}, {"Szymań"}, {"Woźniac"}, {"Dąbrow"}, {"Kozłow"}, {"Jankow"}, {"Mazurow"},
    {"Krawczyń"}, {"Piotrow"}, {"Grabow"}, {"Nowakow"}, {"Pawłow"}, {"Michal"}, {"Nowic"},
    {"Adamczyń"}, {"Dudziń"}, {"Jabłoń"}, {"Wróblew"}, {"Olszew"}, {"Jawor"}, {"Malinow"},
    {"Stępniew"}, {"Górniac"}, {"Sikor"}, {"Ostrow"}, {"Burzow"}, {"Źródłow"}, {"Ćwiklic"}};
static const struct piece polish_middle[] = {{""}, {"ow"}, {"ew"}, {"kow"}, {"czew"}, {"sz"},
    {"ań"}, {"oń"}, {"low"}, {"ar"}, {"us"}, {"iń"}};
static const struct piece polish_end_male[] = {{"ski"}, {"iński"}, {"ak"}, {"czyk"}, {"owicz"}};
static const struct piece polish_end_female[] = {{"ska"}, {"ińska"}, {"ak"}, {"czyk"}, {"owicz"}};

static const struct piece romanian_male[] = {{"Andrei"}, {"Alexandru"}, {"Ionuț"}, {"Mihai"},
    {"Ștefan"}, {"Gheorghe"}, {"Vasile"}, {"Florin"}, {"Cătălin"}, {"Răzvan"}, {"Dănuț"},
    {"Marian"}, {"Nicușor"}, {"Sorin"}, {"Bogdan"}, {"Costel"}};
static const struct piece romanian_female[] = {{"Maria"}, {"Elena"}, {"Ioana"}, {"Andreea"},
    {"Mihaela"}, {"Ștefania"}, {"Cătălina"}, {"Mădălina"}, {"Roxana"}, {"Lăcrămioara"}, {"Viorica"},
    {"Anișoara"}, {"Ruxandra"}, {"Daniela"}, {"Crina"}, {"Ancuța"}};
static const struct piece romanian_stem[] = {{"Pop"}, {"Ion"}, {"Dumitr"}, {"Stan"}, {"Georg"},
    {"Marin"}, {"Const"}, {"Rad"}, {"Mun"}, {"Vlad"}, {"Cioc"}, {"Grig"}, {"Lup"}, {"Șerb"},
    {"Țăr"}, {"Bălț"}, {"Mold"}, {"Oprș"}, {"Nist"}, {"Drăg"}, {"Cojoc"}, {"Ursach"}};
static const struct piece romanian_middle[] = {
    {""}, {"il"}, {"an"}, {"ăr"}, {"ol"}, {"in"}, {"uș"}, {"ac"}, {"or"}, {"et"}, {"ul"}};
static const struct piece romanian_end[] = {{"escu"}, {"eanu"}, {"u"}, {"ea"}, {"oiu"}, {"aru"},
    {"ovici"}, {"ulescu"}, {"ășanu"}, {"iță"}, {"oaie"}};

static const struct piece ukrainian_male[] = {{"Олександр"}, {"Андрій"}, {"Сергій"}, {"Володимир"},
    {"Ігор"}, {"Євген"}, {"Юрій"}, {"Дмитро"}, {"Микола"}, {"Григорій"}, {"Тарас"}, {"Богдан"},
    {"Ярослав"}, {"Всеволод"}, {"Захар"}, {"Олексій"}};
static const struct piece ukrainian_female[] = {{"Юлія"}, {"Олена"}, {"Наталія"}, {"Ірина"},
    {"Оксана"}, {"Світлана"}, {"Людмила"}, {"Галина"}, {"Тетяна"}, {"Дарʼя"}, {"Євгенія"}, {"Яна"},
    {"Христина"}, {"Соломія"}, {"Надія"}, {"Ольга"}};
static const struct piece ukrainian_stem[] = {{"Коваль"}, {"Бондар"}, {"Шевч"}, {"Ткач"}, {"Кравч"},
    {"Олійн"}, {"Лисен"}, {"Мельн"}, {"Гончар"}, {"Рибал"}, {"Савч"}, {"Яворс"}, {"Захар"},
    {"Щерб"}, {"Жур"}, {"Хом"}, {"Поліщ"}, {"Гнат"}, {"Юрч"}, {"Цимбал"}, {"Дяч"}, {"Вовч"}};
static const struct piece ukrainian_middle[] = {
    {""}, {"ар"}, {"ов"}, {"ич"}, {"ел"}, {"ан"}, {"ец"}, {"ор"}, {"іл"}, {"ин"}};
static const struct piece ukrainian_end[] = {{"енко"}, {"чук"}, {"ук"}, {"юк"}, {"ишин"}, {"ик"},
    {"ак"}, {"ун"}, {"івець"}, {"ина"}, {"ишак"}};

static const struct piece arabic_male[] = {{"محمد", "Mohammed"}, {"أحمد", "Ahmed"}, {"علي", "Ali"},
    {"حسين", "Hussein"}, {"يوسف", "Yousef"}, {"خالد", "Khaled"}, {"عمر", "Omar"},
    {"مصطفى", "Mustafa"}, {"إبراهيم", "Ibrahim"}, {"سعيد", "Said"}, {"طارق", "Tariq"},
    {"جمال", "Jamal"}, {"رشيد", "Rachid"}, {"عبد القادر", "Abdelkader"},
    {"عبد الرحمن", "Abd al-Rahman"}, {"زكريا", "Zakaria"}};
static const struct piece arabic_female[] = {{"فاطمة", "Fatima"}, {"مريم", "Maryam"},
    {"عائشة", "Aisha"}, {"خديجة", "Khadija"}, {"نور", "Nour"}, {"سارة", "Sara"}, {"هدى", "Huda"},
    {"ليلى", "Leila"}, {"زينب", "Zaynab"}, {"ياسمين", "Yasmin"}, {"رشيدة", "Rachida"},
    {"سميرة", "Samira"}, {"نادية", "Nadia"}, {"إيمان", "Iman"}, {"جميلة", "Jamila"},
    {"حفصة", "Hafsa"}};
static const struct piece arabic_particle[] = {
    {"", ""}, {"", ""}, {"ال", "Al-"}, {"بن ", "Ben "}, {"أبو ", "Abu "}, {"بو", "Bou"}};
static const struct piece arabic_stem[] = {{"حداد", "Haddad"}, {"مصر", "Masr"}, {"خطيب", "Khatib"},
    {"نجار", "Najjar"}, {"حسن", "Hassan"}, {"صالح", "Saleh"}, {"قاسم", "Qassem"}, {"شام", "Sham"},
    {"مغرب", "Maghrib"}, {"زيتون", "Zaytoun"}, {"بكر", "Bakr"}, {"جزائر", "Jazair"},
    {"تونس", "Touns"}, {"عمر", "Amr"}, {"ضاهر", "Dhaher"}, {"حلب", "Halab"}, {"قرش", "Qurash"},
    {"شريف", "Sharif"}, {"منصور", "Mansour"}, {"فارس", "Fares"}, {"بغداد", "Baghdad"},
    {"عياد", "Ayyad"}, {"هاشم", "Hashim"}, {"سويس", "Souiss"}, {"رحمان", "Rahman"},
    {"كرم", "Karam"}, {"نصر", "Nasr"}, {"فرج", "Faraj"}, {"مراد", "Mourad"}, {"وهاب", "Wahhab"},
    {"جبر", "Jabr"}, {"طيب", "Tayyib"}, {"زهر", "Zahr"}, {"بدر", "Badr"}, {"غزال", "Ghazal"},
    {"سلام", "Salam"}, {"عثمان", "Othman"}, {"يعقوب", "Yaqoub"}, {"درويش", "Darwish"},
    {"كامل", "Kamil"}, {"لطيف", "Latif"}, {"مكين", "Makin"}};

static const struct piece arabic_end[] = {
    {"", ""}, {"ي", "i"}, {"اني", "ani"}, {"اوي", "awi"}, {"ان", "an"}};

static const struct piece tigrinya_male[] = {{"ኣብርሃም", "Abraham"}, {"ተስፋይ", "Tesfay"},
    {"ገብረመድህን", "Gebremedhin"}, {"ሃይለ", "Haile"}, {"መሓሪ", "Mehari"}, {"ዮናስ", "Yonas"},
    {"ብርሃነ", "Berhane"}, {"ሰመረ", "Semere"}, {"ኪዳነ", "Kidane"}, {"ተኽለ", "Tekle"}, {"ወልደ", "Welde"},
    {"ፍጹም", "Fitsum"}, {"ሓጎስ", "Hagos"}, {"ዘርኣይ", "Zeray"}, {"ኣማኑኤል", "Amanuel"}, {"ጸጋይ", "Tsegay"},
    {"ክፍለ", "Kifle"}, {"ገብረስላሴ", "Gebreselassie"}, {"ሙሴ", "Mussie"}, {"ኣርኣያ", "Araya"},
    {"ዳዊት", "Dawit"}, {"ናትናኤል", "Natnael"}, {"ገብረሂወት", "Gebrehiwet"}, {"ኣስመላሽ", "Asmelash"},
    {"በረኸት", "Bereket"}, {"ተኪኤ", "Tekie"}, {"ሃብቶም", "Habtom"}, {"ፊልሞን", "Filmon"},
    {"ሳምሶን", "Samson"}, {"ኪሮስ", "Kiros"}, {"ማቴዎስ", "Mateos"}, {"ስምኦን", "Simon"}};
static const struct piece tigrinya_female[] = {{"ሰላም", "Selam"}, {"ብርኽቲ", "Birikti"},
    {"ለተ", "Lete"}, {"ሚሪያም", "Miriam"}, {"ርግበ", "Rigbe"}, {"ትርሃስ", "Tirhas"}, {"ኣስቴር", "Aster"},
    {"ሃና", "Hana"}, {"ዛይድ", "Zaid"}, {"ጽጌ", "Tsige"}, {"ፍረወይኒ", "Freweini"}, {"ሉዋም", "Luwam"},
    {"ኣዜብ", "Azeb"}, {"ለተብርሃን", "Letebrhan"}, {"ራሄል", "Rahel"}, {"ኤልሳ", "Elsa"}};

static const struct piece nigerian_male[] = {{"Chinedu"}, {"Emeka"}, {"Olúwaṣeun"}, {"Tunde"},
    {"Osaze"}, {"Efosa"}, {"Ikenna"}, {"Adébáyọ̀"}, {"Obinna"}, {"Festus"}, {"Ṣẹ́gun"}, {"Godwin"}};
static const struct piece nigerian_female[] = {{"Blessing"}, {"Joy"}, {"Ngozi"}, {"Adaeze"},
    {"Fọlákẹ́"}, {"Osarugue"}, {"Precious"}, {"Yétúndé"}, {"Chiamaka"}, {"Faith"}, {"Ẹ̀bùn"},
    {"Patience"}};
static const struct piece nigerian_stem[] = {{"Ade"}, {"Olu"}, {"Oko"}, {"Osa"}, {"Eze"}, {"Nwa"},
    {"Ogu"}, {"Aki"}, {"Igbi"}, {"Ayo"}, {"Chukwu"}, {"Ọba"}, {"Omo"}, {"Ifa"}, {"Ehi"}};
static const struct piece nigerian_middle[] = {
    {""}, {"ba"}, {"ro"}, {"lu"}, {"ke"}, {"do"}, {"fe"}, {"ma"}, {"ti"}, {"gbe"}};
static const struct piece nigerian_end[] = {{"yemi"}, {"kunle"}, {"nkwe"}, {"gie"}, {"zor"},
    {"sola"}, {"ye"}, {"nedu"}, {"bayo"}, {"ruyi"}, {"wale"}, {"mwen"}, {"ṣọlá"}, {"bor"}, {"ka"},
    {"kpolor"}};

static const struct piece vietnamese_male[] = {
    {"Văn "}, {"Minh "}, {"Quốc "}, {"Đình "}, {"Hữu "}, {"Thành "}, {"Xuân "}, {"Công "}};
static const struct piece vietnamese_female[] = {
    {"Thị "}, {"Ngọc "}, {"Thu "}, {"Kim "}, {"Mỹ "}, {"Phương "}, {"Bích "}, {"Hồng "}};
static const struct piece vietnamese_last_male[] = {{"Hùng"}, {"Dũng"}, {"Đức"}, {"Tuấn"}, {"Nam"},
    {"Phúc"}, {"Sơn"}, {"Long"}, {"Trường"}, {"Hậu"}, {"Anh"}, {"Quý"}, {"Khoa"}, {"Tùng"}, {"Bảo"},
    {"Kiên"}};
static const struct piece vietnamese_last_female[] = {{"Lan"}, {"Hương"}, {"Ánh"}, {"Thảo"}, {"Hà"},
    {"Oanh"}, {"Yến"}, {"Linh"}, {"Thúy"}, {"Trang"}, {"Ngọc"}, {"Nhung"}, {"Mai"}, {"Hạnh"},
    {"Vân"}, {"Loan"}};
static const struct piece vietnamese_family[] = {{"Nguyễn"}, {"Trần"}, {"Lê"}, {"Phạm"}, {"Hoàng"},
    {"Vũ"}, {"Võ"}, {"Đặng"}, {"Bùi"}, {"Đỗ"}, {"Hồ"}, {"Ngô"}, {"Dương"}, {"Lý"}};

static const struct piece nothing[] = {{""}};

struct tongue {
    const char *tag;
    struct pieces given[2]; // male, female
    struct pieces before;   // part of the surname, before it
    struct pieces stem;
    struct pieces middle;
    struct pieces end[2];
    struct pieces given_last[2]; // second part of a given name; none = nothing
};

static const struct tongue tongues[INB_TONGUE_COUNT] = {
    [INB_TONGUE_DUTCH] = {"nl", {PIECES(dutch_male), PIECES(dutch_female)}, PIECES(nothing),
        PIECES(dutch_stem), PIECES(dutch_middle), {PIECES(dutch_end), PIECES(dutch_end)}},
    [INB_TONGUE_POLISH] = {"pl", {PIECES(polish_male), PIECES(polish_female)}, PIECES(nothing),
        PIECES(polish_stem), PIECES(polish_middle),
        {PIECES(polish_end_male), PIECES(polish_end_female)}},
    [INB_TONGUE_ROMANIAN] = {"ro", {PIECES(romanian_male), PIECES(romanian_female)},
        PIECES(nothing), PIECES(romanian_stem), PIECES(romanian_middle),
        {PIECES(romanian_end), PIECES(romanian_end)}},
    [INB_TONGUE_UKRAINIAN] = {"uk", {PIECES(ukrainian_male), PIECES(ukrainian_female)},
        PIECES(nothing), PIECES(ukrainian_stem), PIECES(ukrainian_middle),
        {PIECES(ukrainian_end), PIECES(ukrainian_end)}},
    [INB_TONGUE_ARABIC] = {"ar", {PIECES(arabic_male), PIECES(arabic_female)},
        PIECES(arabic_particle), PIECES(arabic_stem), PIECES(nothing),
        {PIECES(arabic_end), PIECES(arabic_end)}},
    [INB_TONGUE_TIGRINYA] = {"ti", {PIECES(tigrinya_male), PIECES(tigrinya_female)},
        PIECES(nothing), PIECES(nothing), PIECES(nothing), {PIECES(nothing), PIECES(nothing)}},
    [INB_TONGUE_NIGERIAN] = {"en-NG", {PIECES(nigerian_male), PIECES(nigerian_female)},
        PIECES(nothing), PIECES(nigerian_stem), PIECES(nigerian_middle),
        {PIECES(nigerian_end), PIECES(nigerian_end)}},
    [INB_TONGUE_VIETNAMESE] = {"vi", {PIECES(vietnamese_male), PIECES(vietnamese_female)},
        PIECES(nothing), PIECES(vietnamese_family), PIECES(nothing),
        {PIECES(nothing), PIECES(nothing)},
        {PIECES(vietnamese_last_male), PIECES(vietnamese_last_female)}},
};

const char *inb_tongue_tag(inb_tongue tongue) {
    return tongues[tongue].tag;
}

// ---- texts of bounded size ----

static void add(char *out, size_t size, const char *text, size_t length) {
    size_t used = strlen(out);
    if (used + length < size) { // a piece that does not fit is left out whole
        memcpy(out + used, text, length);
        out[used + length] = '\0';
    }
}

static void set(char *out, size_t size, const char *text) {
    out[0] = '\0';
    add(out, size, text, strlen(text));
}

// ---- Ukrainian into Latin ----

enum { YOTATED = 1, RUSSIAN = 2, DUTCH_SOUNDS = 4, SCHOLARLY = 8, UKRAINIAN_WAYS = 4 };

// resolution 55 (first: at the beginning of a word), then with each way's bit; NULL = the same.
static const struct letter {
    const char *small;
    const char *capital;
    const char *latin;
    const char *first;
    const char *yotated;
    const char *russian;
    const char *dutch;
    const char *scholarly;
} letters[] = {
    {"а", "А", "a"},
    {"б", "Б", "b"},
    {"в", "В", "v", NULL, NULL, NULL, "w", NULL},
    {"г", "Г", "h", NULL, NULL, "g", "g", NULL},
    {"д", "Д", "d"},
    {"е", "Е", "e"},
    {"є", "Є", "ie", "ye", "ye", "e", "je", "je"},
    {"ж", "Ж", "zh", NULL, NULL, NULL, "zj", "ž"},
    {"з", "З", "z"},
    {"и", "И", "y", NULL, NULL, "i", NULL, NULL},
    {"і", "І", "i"},
    {"ї", "Ї", "i", "yi", "yi", NULL, "ji", "ji"},
    {"й", "Й", "i", "y", "y", "y", "j", "j"},
    {"к", "К", "k"},
    {"л", "Л", "l"},
    {"м", "М", "m"},
    {"н", "Н", "n"},
    {"о", "О", "o"},
    {"п", "П", "p"},
    {"р", "Р", "r"},
    {"с", "С", "s"},
    {"т", "Т", "t"},
    {"у", "У", "u", NULL, NULL, NULL, "oe", NULL},
    {"ф", "Ф", "f"},
    {"х", "Х", "kh", NULL, NULL, "h", "ch", "ch"},
    {"ц", "Ц", "ts", NULL, NULL, NULL, NULL, "c"},
    {"ч", "Ч", "ch", NULL, NULL, NULL, "tsj", "č"},
    {"ш", "Ш", "sh", NULL, NULL, NULL, "sj", "š"},
    {"щ", "Щ", "shch", NULL, NULL, "sch", "sjtsj", "šč"},
    {"ь", "Ь", "", NULL, NULL, NULL, NULL, "'"},
    {"ю", "Ю", "iu", "yu", "yu", "yu", "joe", "ju"},
    {"я", "Я", "ia", "ya", "ya", "ya", "ja", "ja"},
    {"ʼ", "ʼ", ""},
};

static const char *latin_of(const struct letter *letter, bool first, unsigned way) {
    const char *plain = first && letter->first != NULL ? letter->first : letter->latin;
    const char *by_way = (way & SCHOLARLY) != 0      ? letter->scholarly
                         : (way & DUTCH_SOUNDS) != 0 ? letter->dutch
                         : (way & RUSSIAN) != 0      ? letter->russian
                         : (way & YOTATED) != 0      ? letter->yotated
                                                     : NULL;
    return by_way != NULL ? by_way : plain;
}

// "č" at the head of a name becomes "Č": the marks are two bytes, the capital one less.
static void capitalise(char *text) {
    unsigned char *at = (unsigned char *)text;
    if (at[0] >= 'a' && at[0] <= 'z') {
        at[0] = (unsigned char)(at[0] - 'a' + 'A');
    } else if (at[0] == 0xc4 || at[0] == 0xc5) { // Latin Extended-A: small letters are odd here
        at[1] = (unsigned char)(at[1] - 1);
    }
}

static void romanise(const char *own, unsigned way, char out[INB_MADE_NAME]) {
    out[0] = '\0';
    for (const char *at = own; *at != '\0';) {
        const struct letter *found = NULL;
        size_t width = 0;
        bool capital = false;
        for (size_t i = 0; i < COUNT(letters) && found == NULL; i++) {
            capital = strncmp(at, letters[i].capital, strlen(letters[i].capital)) == 0;
            if (capital || strncmp(at, letters[i].small, strlen(letters[i].small)) == 0) {
                found = &letters[i];
                width = strlen(letters[i].small);
            }
        }
        if (found == NULL) { // a blank or a dash
            add(out, INB_MADE_NAME, at, 1);
            at++;
            continue;
        }
        char part[8];
        set(part, sizeof part, latin_of(found, at == own, way));
        if (capital) {
            capitalise(part);
        }
        add(out, INB_MADE_NAME, part, strlen(part));
        at += width;
    }
}

// ---- other ways to spell ----

struct change {
    unsigned bit;
    const char *from;
    const char *to;
};

static const struct change polish_changes[] = {{0, "ł", "l"}, {0, "Ł", "L"}, {0, "ś", "s"},
    {0, "Ś", "S"}, {0, "ń", "n"}, {0, "ź", "z"}, {0, "Ź", "Z"}, {0, "ż", "z"}, {0, "ó", "o"},
    {0, "ą", "a"}, {0, "ę", "e"}, {0, "ć", "c"}, {0, "Ć", "C"}, {1, "sz", "sh"}, {1, "cz", "tsj"},
    {2, "ska", "ski"}, {2, "ńska", "ński"}};
static const struct change romanian_changes[] = {{0, "ș", "s"}, {0, "Ș", "S"}, {0, "ț", "t"},
    {0, "Ț", "T"}, {0, "ă", "a"}, {0, "â", "a"}, {0, "î", "i"}, {1, "ș", "ş"}, {1, "Ș", "Ş"},
    {1, "ț", "ţ"}, {1, "Ț", "Ţ"}, {2, "escu", "esco"}, {2, "Gh", "G"}};
static const struct change arabic_changes[] = {{0, "Mohammed", "Muhammad"}, {0, "ou", "u"},
    {0, "ei", "ai"}, {0, "Aisha", "Aicha"}, {1, "Mohammed", "Mohamed"}, {1, "kh", "ch"},
    {1, "Kh", "Ch"}, {1, "J", "Dj"}, {1, "Sh", "Ch"}, {1, "sh", "ch"}, {2, "ss", "s"},
    {2, "dd", "d"}, {2, "yy", "y"}, {2, "jj", "j"}, {2, "mm", "m"}, {3, "Al-", "El "},
    {3, "al-", "el-"}, {3, "Q", "K"}, {3, "q", "k"}, {4, "Al-", ""}, {4, "Yousef", "Youssef"},
    {4, "Ahmed", "Ahmad"}, {4, "gh", "g"}, {4, "Dh", "D"}};
static const struct change tigrinya_changes[] = {{0, "Gebre", "Ghebre"}, {0, "ay", "ai"},
    {0, "Ts", "Tz"}, {1, "Ts", "S"}, {1, "ts", "s"}, {1, "Kidane", "Chidane"},
    {1, "Welde", "Wolde"}, {2, "Gebre", "Gebre "}, {2, "hl", "l"}, {2, "selassie", "slasie"},
    {2, "ay", "aye"}, {3, "e", "ie"}};
static const struct change nigerian_changes[] = {{0, "ọ̀", "o"}, {0, "ẹ́", "e"}, {0, "Ẹ̀", "E"},
    {0, "ọ", "o"}, {0, "Ọ", "O"}, {0, "ẹ", "e"}, {0, "á", "a"}, {0, "é", "e"}, {0, "ú", "u"},
    {0, "ù", "u"}, {0, "ṣ", "s"}, {0, "Ṣ", "S"}, {1, "ṣ", "sh"}, {1, "Ṣ", "Sh"}, {2, "kp", "p"},
    {2, "wu", "u"}};
static const struct change vietnamese_changes[] = {{0, "ễ", "e"}, {0, "ầ", "a"}, {0, "ê", "e"},
    {0, "ạ", "a"}, {0, "à", "a"}, {0, "ũ", "u"}, {0, "õ", "o"}, {0, "Đ", "D"}, {0, "đ", "d"},
    {0, "ặ", "a"}, {0, "ù", "u"}, {0, "ỗ", "o"}, {0, "ồ", "o"}, {0, "ô", "o"}, {0, "ươ", "uo"},
    {0, "ý", "y"}, {0, "ă", "a"}, {0, "ứ", "u"}, {0, "ố", "o"}, {0, "ấ", "a"}, {0, "ì", "i"},
    {0, "ữ", "u"}, {0, "ú", "u"}, {0, "ơ", "o"}, {0, "â", "a"}, {0, "ườ", "uo"}, {0, "ậ", "a"},
    {0, "ọ", "o"}, {0, "ị", "i"}, {0, "Á", "A"}, {0, "á", "a"}, {0, "ả", "a"}, {0, "ế", "e"},
    {0, "ỹ", "y"}, {0, "í", "i"}, {1, "Thị ", ""}, {1, "Văn ", ""}};
static const struct change dutch_changes[] = {
    {0, "ij", "y"}, {1, "é", "e"}, {2, "sch", "s"}, {2, "Zw", "Sw"}, {2, "ck", "k"}};

enum { DUTCH_DRAWN_IN = 3, DUTCH_SHORT = 4 }; // bits for the prefix

static const struct spelling {
    const struct change *changes;
    size_t count;
    unsigned bits;
} spellings[INB_TONGUE_COUNT] = {
    [INB_TONGUE_DUTCH] = {dutch_changes, COUNT(dutch_changes), 5},
    [INB_TONGUE_POLISH] = {polish_changes, COUNT(polish_changes), 3},
    [INB_TONGUE_ROMANIAN] = {romanian_changes, COUNT(romanian_changes), 3},
    [INB_TONGUE_UKRAINIAN] = {NULL, 0, UKRAINIAN_WAYS},
    [INB_TONGUE_ARABIC] = {arabic_changes, COUNT(arabic_changes), 5},
    [INB_TONGUE_TIGRINYA] = {tigrinya_changes, COUNT(tigrinya_changes), 4},
    [INB_TONGUE_NIGERIAN] = {nigerian_changes, COUNT(nigerian_changes), 3},
    [INB_TONGUE_VIETNAMESE] = {vietnamese_changes, COUNT(vietnamese_changes), 2},
};

unsigned inb_made_name_ways(inb_tongue tongue) {
    return spellings[tongue].bits;
}

// One change of `way` at most at each place, the first in the list; what was changed is not looked
// at again.
static void respell(
    const struct spelling *spelling, unsigned way, const char *text, char out[INB_MADE_NAME]) {
    out[0] = '\0';
    while (*text != '\0') {
        const struct change *found = NULL;
        for (size_t i = 0; i < spelling->count && found == NULL; i++) {
            const struct change *change = &spelling->changes[i];
            if ((way >> change->bit & 1) != 0 &&
                strncmp(text, change->from, strlen(change->from)) == 0) {
                found = change;
            }
        }
        if (found != NULL) {
            add(out, INB_MADE_NAME, found->to, strlen(found->to));
            text += strlen(found->from);
        } else {
            size_t width = 1;
            while (((unsigned char)text[width] & 0xc0) == 0x80) { // the rest of a code point
                width++;
            }
            add(out, INB_MADE_NAME, text, width);
            text += width;
        }
    }
}

// "van der" drawn into the surname ("Van der Berg") or cut short ("v.d.").
static void respell_prefix(unsigned way, inb_made_name *name) {
    if (name->prefix[0] == '\0') {
        return;
    }
    if ((way >> DUTCH_DRAWN_IN & 1) != 0) {
        char whole[INB_MADE_NAME];
        set(whole, sizeof whole, name->prefix);
        capitalise(whole);
        add(whole, sizeof whole, " ", 1);
        add(whole, sizeof whole, name->surname, strlen(name->surname));
        set(name->surname, sizeof name->surname, whole);
        name->prefix[0] = '\0';
    } else if ((way >> DUTCH_SHORT & 1) != 0 && strncmp(name->prefix, "van d", 5) == 0) {
        set(name->prefix, sizeof name->prefix, "v.d.");
    }
}

void inb_made_name_respell(const inb_made_name *name, unsigned way, inb_made_name *ret_name) {
    inb_made_name made = *name;
    if (name->tongue == INB_TONGUE_UKRAINIAN) {
        romanise(name->own_given, way, made.given);
        romanise(name->own_surname, way, made.surname);
    } else {
        const struct spelling *spelling = &spellings[name->tongue];
        respell(spelling, way, name->given, made.given);
        respell(spelling, way, name->surname, made.surname);
        if (name->tongue == INB_TONGUE_DUTCH) {
            respell_prefix(way, &made);
        }
    }
    *ret_name = made;
}

// ---- drawing ----

// The first of a list more often: the density of the place falls as its power -1/5.
static const struct piece *draw(struct pieces pieces, inb_rng *rng) {
    double u = inb_rng_uniform(rng);
    return &pieces.list[(size_t)((double)pieces.count * u * sqrt(sqrt(u)))];
}

static void add_piece(const struct piece *piece, char *own, char *latin) {
    const char *other = piece->latin != NULL ? piece->latin : piece->own;
    add(own, INB_MADE_NAME, piece->own, strlen(piece->own));
    add(latin, INB_MADE_NAME, other, strlen(other));
}

static void draw_given(inb_made_name *name, inb_rng *rng) {
    name->given[0] = '\0';
    name->own_given[0] = '\0';
    const struct tongue *of = &tongues[name->tongue];
    add_piece(draw(of->given[name->female], rng), name->own_given, name->given);
    if (of->given_last[0].count > 0) {
        add_piece(draw(of->given_last[name->female], rng), name->own_given, name->given);
    }
    if (name->tongue == INB_TONGUE_UKRAINIAN) {
        romanise(name->own_given, 0, name->given);
    }
}

// Father's and grandfather's names.
static void draw_fathers(inb_made_name *name, inb_rng *rng) {
    struct pieces fathers = tongues[INB_TONGUE_TIGRINYA].given[0];
    add_piece(draw(fathers, rng), name->own_surname, name->surname);
    add(name->own_surname, INB_MADE_NAME, " ", 1);
    add(name->surname, INB_MADE_NAME, " ", 1);
    add_piece(draw(fathers, rng), name->own_surname, name->surname);
}

void inb_made_name_draw(inb_tongue tongue, bool female, inb_rng *rng, inb_made_name *ret_name) {
    const struct tongue *of = &tongues[tongue];
    inb_made_name name = {.tongue = tongue, .female = female};
    draw_given(&name, rng);
    if (tongue == INB_TONGUE_TIGRINYA) {
        draw_fathers(&name, rng);
    } else {
        add_piece(draw(of->before, rng), name.own_surname, name.surname);
        add_piece(draw(of->stem, rng), name.own_surname, name.surname);
        add_piece(draw(of->middle, rng), name.own_surname, name.surname);
        add_piece(draw(of->end[female], rng), name.own_surname, name.surname);
    }
    if (tongue == INB_TONGUE_UKRAINIAN) {
        romanise(name.own_surname, 0, name.surname);
    }
    if (tongue == INB_TONGUE_DUTCH) {
        size_t at = inb_rng_below(rng, (uint32_t)COUNT(dutch_prefix));
        set(name.prefix, sizeof name.prefix, dutch_prefix[at].own);
    }
    *ret_name = name;
}

// "…ski" to "…ska" and back.
static void polish_ending(bool female, char *surname) {
    size_t length = strlen(surname);
    if (length > 3 && strncmp(surname + length - 3, female ? "ski" : "ska", 3) == 0) {
        surname[length - 1] = female ? 'a' : 'i';
    }
}

void inb_made_name_kin(
    const inb_made_name *kin, bool of_parent, bool female, inb_rng *rng, inb_made_name *ret_name) {
    inb_made_name name = *kin;
    name.female = female;
    draw_given(&name, rng);
    if (kin->tongue == INB_TONGUE_POLISH) {
        polish_ending(female, name.surname);
        polish_ending(female, name.own_surname);
    }
    if (kin->tongue == INB_TONGUE_TIGRINYA && of_parent) {
        const char *grandfather = strchr(kin->surname, ' ');
        const char *own = strchr(kin->own_surname, ' ');
        size_t length =
            grandfather == NULL ? strlen(kin->surname) : (size_t)(grandfather - kin->surname);
        size_t own_length =
            own == NULL ? strlen(kin->own_surname) : (size_t)(own - kin->own_surname);
        set(name.surname, sizeof name.surname, kin->given);
        set(name.own_surname, sizeof name.own_surname, kin->own_given);
        add(name.surname, sizeof name.surname, " ", 1);
        add(name.own_surname, sizeof name.own_surname, " ", 1);
        add(name.surname, sizeof name.surname, kin->surname, length);
        add(name.own_surname, sizeof name.own_surname, kin->own_surname, own_length);
    }
    *ret_name = name;
}
