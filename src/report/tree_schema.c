/* The tree that report/tree.c builds, described key by key: a table for each kind of object in it.
 * tests/test-schema.sh holds the two together. There the schema is taken for the whole, and an export with a
 * key that is in no table, or without one that is, fails; but to readers keys may be added. */
#include "report/tree_schema.h"

#include "assessment/supervision.h"
#include "assessment/assessment.h"
#include "report/members.h"
#include "report/tree.h"

/* clang-format off */
static const char *const asked_words[] = {"both", "practitioner", "service_user", "together", NULL};

static const struct member upgrade_members[] = {
    KEY("at", TEXT, 0, "when"),
    ONE_OF("by", who_names, 0, "who did it"),
    KEY("from", TEXT, 0, "the version before"),
    KEY("to", TEXT, 0, "the version from then on"),
    END,
};
static const struct thing upgrade = {"upgrade", upgrade_members};

static const struct member follows_members[] = {
    KEY("record", TEXT, 0, "its id"),
    KEY("lines", INTEGER, 0, "how many lines it had"),
    KEY("head", TEXT, 0, "the hash of the last of them"),
    KEY("at", TEXT, 0, "when that was written"),
    END,
};
static const struct thing follows = {"follows", follows_members};

static const struct member reason_members[] = {
    KEY("practitioner", TEXT, MAY_LACK, "the practitioner's"),
    KEY("service_user", TEXT, MAY_LACK, "the service user's"),
    KEY("together", TEXT, MAY_LACK, "of both"),
    END,
};
static const struct thing reasons = {"reasons", reason_members};

static const struct member stood_members[] = {
    ONE_OF("by", who_names, 0, "who said it"),
    KEY("text", TEXT, 0, "in their own words"),
    END,
};
static const struct thing stood = {"stood", stood_members};

static const struct member last_members[] = {
    KEY("practitioner", ANSWER, MAY_LACK, "their answer then"),
    KEY("service_user", ANSWER, MAY_LACK, "their answer then"),
    KEY("together", ANSWER, MAY_LACK, "their answer together then"),
    IS("because", reasons, MAY_LACK, "the reasons that were given with them"),
    IS("stood", stood, LIST | MAY_LACK, "where both views stood: what was said then"),
    END,
};
static const struct thing last = {"last", last_members};

static const struct member form_members[] = {
    KEY("id", TEXT, 0, "its name"),
    KEY("version", TEXT, 0, "its version"),
    KEY("title", TEXT, OR_NULL, "what people read"),
    KEY("language", TEXT, OR_NULL, "of its first wordings, in which all of this is written"),
    KEY("sha256", TEXT, 0, "of its text"),
    IS("upgrades", upgrade, LIST, "to which versions it was gone on with"),
    END,
};
static const struct thing form_thing = {"form", form_members};

static const struct member person_members[] = {
    KEY("name", TEXT, OR_NULL, "the one they gave last"),
    KEY("pronouns", TEXT, OR_NULL, "how to speak of them"),
    KEY("label", TEXT, OR_NULL, "what the form calls them"),
    END,
};
static const struct thing person = {"person", person_members};

static const struct member note_said_members[] = {
    KEY("about", TEXT, 0, "a word of the topic's, or what more was asked"),
    KEY("text", TEXT, 0, "in their own words"),
    END,
};
static const struct thing note_said = {"note_said", note_said_members};

static const struct member told_members[] = {
    KEY("topic", TEXT, 0, "what about"),
    ONE_OF("by", who_names, 0, "who said it"),
    KEY("value", ANSWER, 0, "as in the record"),
    KEY("words", TEXT, OR_NULL, "as it is read"),
    IS("notes", note_said, LIST, "what was said besides"),
    END,
};
static const struct thing told = {"told", told_members};

static const struct member sitting_members[] = {
    KEY("from", TEXT, OR_NULL, "when it began"),
    KEY("until", TEXT, OR_NULL, "when something was last done in it"),
    KEY("place", TEXT, OR_NULL, "where"),
    KEY("practitioner", TEXT, OR_NULL, "the name they gave"),
    KEY("service_user", TEXT, OR_NULL, "the name they gave"),
    KEY("minutes", INTEGER, 0, "how long it took, rounded up"),
    ONE_OF("chose_first", who_names, OR_NULL, "who chose first what to talk about"),
    KEY("agenda", TEXT, LIST, "the sections for that day, in the order chosen; none: all of them"),
    IS("told", told, LIST, "what was said about that sitting"),
    KEY("closed", BOOLEAN, 0, "whether both looked back on it and closed it"),
    KEY("word", TEXT, OR_NULL, "the word it was closed with"),
    END,
};
static const struct thing sitting = {"sitting", sitting_members};

static const struct member answer_members[] = {
    KEY("value", ANSWER, OR_NULL, "as in the record"),
    KEY("words", TEXT, OR_NULL, "as it is read"),
    KEY("because", TEXT, OR_NULL, "the reason, in their own words"),
    ONE_OF("evidence", evidence_names, OR_NULL, "how it is known"),
    KEY("passed", BOOLEAN, 0, "it was kept when the question's warning asked back about it"),
    ONE_OF("missing", missing_names, OR_NULL, "why there is no value"),
    KEY("at", TEXT, OR_NULL, "when it was given"),
    KEY("hidden", BOOLEAN, 0, "it is given, and not to be seen before both have answered"),
    ONE_OF("after_signing_of", who_names, LIST, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing answer = {"answer", answer_members};

static const struct member entry_members[] = {
    KEY("entry", INTEGER, 0, "its number, which stays with it"),
    KEY("place", INTEGER, 0, "where it stands, from 1"),
    KEY("about", TEXT, OR_NULL, "the question it is about"),
    ONE_OF("by", who_names, 0, "who added it"),
    KEY("at", TEXT, OR_NULL, "when"),
    ONE_OF("wanted_out", who_names, LIST, "who has said to take it out"),
    END,
};
static const struct thing entry = {"entry", entry_members};

static const struct member question_members[] = {
    KEY("name", TEXT, 0, "as in the form; in an entry with its number: goal#2"),
    ONE_OF("type", question_type_names, 0, "as in the form"),
    ONE_OF("stage", stage_names, 0, "which part of the work it is, as in the form"),
    KEY("group", TEXT, MAY_LACK, "the group or repeat it stands in"),
    KEY("entry", INTEGER, MAY_LACK, "the number of the entry it is in"),
    KEY("label", TEXT, EACH, "as each reads it"),
    KEY("relevant", BOOLEAN, EACH, "is it asked of each, as things stand?"),
    ONE_OF("asked_of", asked_words, MAY_LACK, "who is asked; notes and groups end before this"),
    IS("entries", entry, LIST | MAY_LACK, "of a repeat: those that are in, in their order"),
    IS("practitioner", answer, OR_NULL | MAY_LACK, "their answer; null where they are not asked"),
    IS("service_user", answer, OR_NULL | MAY_LACK, "their answer; null where they are not asked"),
    IS("together", answer, OR_NULL | MAY_LACK, "an answer of both; null where it is not asked for"),
    KEY("agreed", ANSWER, OR_NULL | MAY_LACK, "the answer that both have come to"),
    IS("last", last, OR_NULL | MAY_LACK, "what they answered in the assessment that this one follows"),
    KEY("come_back", BOOLEAN, MAY_LACK, "is it marked to be come back to?"),
    END,
};
static const struct thing question = {"question", question_members};

static const struct member section_members[] = {
    KEY("section", TEXT, 0, "its name"),
    KEY("title", TEXT, EACH, "as each reads it"),
    IS("questions", question, LIST, "all but what is worked out"),
    END,
};
static const struct thing section = {"section", section_members};

static const struct member basis_members[] = {
    KEY("answered", INTEGER, 0, "how many of them are answered; agreed on"),
    KEY("passed", INTEGER, 0, "how many: not sure, does not apply, rather not say"),
    KEY("of", INTEGER, 0, "how many questions it rests on"),
    END,
};
static const struct thing basis = {"basis", basis_members};

static const struct member bases_members[] = {
    IS("practitioner", basis, 0, "of theirs"),
    IS("service_user", basis, 0, "of theirs"),
    IS("agreed", basis, 0, "of what both agree on"),
    END,
};
static const struct thing bases = {"bases", bases_members};

static const struct member bands_members[] = {
    KEY("practitioner", TEXT, OR_NULL, "of theirs"),
    KEY("service_user", TEXT, OR_NULL, "of theirs"),
    KEY("agreed", TEXT, OR_NULL, "of what both agree on"),
    END,
};
static const struct thing bands = {"bands", bands_members};

static const struct member score_members[] = {
    KEY("name", TEXT, 0, "as in the form; in an entry with its number"),
    KEY("entry", INTEGER, MAY_LACK, "the number of the entry it is in"),
    KEY("label", TEXT, EACH, "as each reads it"),
    KEY("relevant", BOOLEAN, EACH, "does it hold for each, as things stand?"),
    KEY("practitioner", SCORE, OR_NULL, "worked out from how they see it"),
    KEY("service_user", SCORE, OR_NULL, "worked out from how they see it"),
    KEY("agreed", SCORE, OR_NULL, "worked out from what both agree on"),
    IS("basis", bases, 0, "how much of what it rests on is answered"),
    KEY("section", TEXT, OR_NULL, "the section whose score it is"),
    IS("band", bands, OR_NULL, "what the form calls the number, as each reads it"),
    END,
};
static const struct thing score = {"score", score_members};

static const struct member group_members[] = {
    KEY("group", TEXT, 0, "a choice, a pathway or a section; empty for what is in none"),
    KEY("label", TEXT, 0, "what people read"),
    KEY("listed", INTEGER, 0, "how many are listed in it"),
    KEY("of", INTEGER, 0, "of how many that could be"),
    END,
};
static const struct thing group = {"group", group_members};

static const struct member item_members[] = {
    KEY("entry", INTEGER, OR_NULL, "the number of the entry it is or stands in"),
    KEY("questions", TEXT, LIST, "what is shown of it, by name"),
    KEY("words", TEXT, 0, "as people read it"),
    KEY("group", TEXT, OR_NULL, "the group it is listed in"),
    ONE_OF("holds_for", who_names, LIST, "for whom it holds"),
    END,
};
static const struct thing item = {"item", item_members};

static const struct member summary_members[] = {
    KEY("summary", TEXT, 0, "its name"),
    KEY("title", TEXT, 0, "what people read above it"),
    KEY("listed", INTEGER, 0, "how many are in it"),
    KEY("of", INTEGER, 0, "of how many that could be"),
    KEY("hidden", INTEGER, 0, "how many more may not be seen before both have answered"),
    KEY("one_kind", BOOLEAN, 0, "are two or more listed, and all in one group?"),
    IS("groups", group, LIST, "how many are in each"),
    IS("items", item, LIST, "what is listed, group by group"),
    END,
};
static const struct thing summary = {"summary", summary_members};

static const struct member view_members[] = {
    KEY("before", ANSWER, OR_NULL, "their answer when it began"),
    KEY("after", ANSWER, OR_NULL, "their answer now"),
    KEY("because", TEXT, OR_NULL, "their last reason"),
    ONE_OF("missing", missing_names, OR_NULL, "why there is no answer now"),
    KEY("heard", INTEGER, OR_NULL, "how far they felt heard, 1 to 5"),
    END,
};
static const struct thing view = {"view", view_members};

/* The first four of each event; the rest is event_schema()'s. */
static const struct member turn_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    KEY("at", TEXT, 0, "when, in UTC"),
    ONE_OF("by", who_names, 0, "who"),
    KEY("event", TEXT, 0, "what was done"),
    KEY("undone", BOOLEAN, MAY_LACK, "true where it was taken back"),
    KEY("hidden", BOOLEAN, MAY_LACK, "true where what was said waits until both have answered"),
    ONE_OF("after_signing_of", who_names, LIST | MAY_LACK, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing turn = {"turn", turn_members};

static const struct member parking_members[] = {
    KEY("what", TEXT, OR_NULL, "what had to be found out"),
    KEY("from", TEXT, OR_NULL, "from whom"),
    KEY("by_when", TEXT, OR_NULL, "a date"),
    KEY("at", TEXT, OR_NULL, "since when it waited"),
    END,
};
static const struct thing parking = {"parking", parking_members};

static const struct member referral_members[] = {
    KEY("asking", TEXT, OR_NULL, "what was asked"),
    KEY("to", TEXT, OR_NULL, "whom"),
    KEY("at", TEXT, OR_NULL, "when"),
    END,
};
static const struct thing referral = {"referral", referral_members};

static const struct member reply_members[] = {
    KEY("name", TEXT, OR_NULL, "who answered"),
    KEY("text", TEXT, OR_NULL, "their words"),
    KEY("at", TEXT, OR_NULL, "when"),
    END,
};
static const struct thing reply = {"reply", reply_members};

static const struct member disagreement_members[] = {
    KEY("id", TEXT, 0, "d1, d2, …"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    ONE_OF("kind", kind_names, 0, "what kind"),
    ONE_OF("state", state_names, 0, "how it stands"),
    ONE_OF("by", who_names, 0, "who raised it; alongside where two answers differed"),
    KEY("because", TEXT, OR_NULL, "why it was raised"),
    KEY("opened", TEXT, OR_NULL, "when"),
    KEY("closed", TEXT, OR_NULL, "when"),
    KEY("days", INTEGER, 0, "how many days it was open; where it is, to the latest entry"),
    ONE_OF("first", who_names, OR_NULL, "who answered first"),
    IS("practitioner", view, 0, "their side"),
    IS("service_user", view, 0, "their side"),
    ONE_OF("outcome", outcome_names, OR_NULL, "how it ended"),
    ONE_OF("change", change_names, OR_NULL, "how the gap changed where both views stand"),
    KEY("value", ANSWER, OR_NULL, "what was agreed on"),
    ONE_OF("confirmed_by", who_names, LIST, "who said yes to it"),
    IS("parked", parking, LIST, "each time it waited for something"),
    IS("referred", referral, LIST, "each time somebody else was asked"),
    IS("supervisor", reply, LIST, "what they answered, which stands beside both views"),
    IS("turns", turn, LIST, "every event about it, in order and in full but for prev and hash"),
    END,
};
static const struct thing disagreement = {"disagreement", disagreement_members};

static const struct member remark_members[] = {
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    KEY("text", TEXT, 0, "in their own words"),
    ONE_OF("after_signing_of", who_names, LIST | MAY_LACK, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing remark = {"remark", remark_members};

static const struct member word_members[] = {
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, 0, "when"),
    KEY("text", TEXT, 0, "in their own words"),
    END,
};
static const struct thing word = {"word", word_members};
static const struct member statement_members[] = {
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    KEY("of", INTEGER, OR_NULL, "the line of the record it is about"),
    KEY("text", TEXT, 0, "in their own words"),
    ONE_OF("after_signing_of", who_names, LIST | MAY_LACK, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing statement = {"statement", statement_members};

static const struct member taken_members[] = {
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    ONE_OF("how", taken_names, 0, "what became of it"),
    KEY("option", INTEGER, OR_NULL, "which of them, from 1"),
    KEY("text", TEXT, OR_NULL, "what it was changed into"),
    ONE_OF("after_signing_of", who_names, LIST | MAY_LACK, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing taken = {"taken", taken_members};

static const struct member offer_members[] = {
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    KEY("text", TEXT, OR_NULL, "what for"),
    KEY("options", TEXT, LIST, "what was offered: one to three"),
    IS("taken", taken, OR_NULL, "what the other made of it; null: not said yet"),
    ONE_OF("after_signing_of", who_names, LIST | MAY_LACK, "who had signed, or said they will not, before it"),
    END,
};
static const struct thing offer = {"offer", offer_members};

static const struct member promise_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("later", BOOLEAN, 0, "was it written after somebody had signed?"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    KEY("text", TEXT, 0, "what they will do"),
    KEY("by_when", TEXT, OR_NULL, "a date"),
    KEY("kept", BOOLEAN, EACH | OR_NULL, "was it, as each says? null: they have not said"),
    KEY("overdue", BOOLEAN, 0, "is its day over, and neither says that it was kept?"),
    IS("came_of_it", word, LIST, "what came of it"),
    IS("statements", word, LIST, "what was said to it"),
    END,
};
static const struct thing promise = {"promise", promise_members};

static const struct member signed_members[] = {
    KEY("name", TEXT, OR_NULL, "as they typed it"),
    KEY("refused", BOOLEAN, 0, "true where they would not sign"),
    KEY("because", TEXT, OR_NULL, "why, in their own words"),
    KEY("at", TEXT, 0, "when"),
    END,
};
static const struct thing signed_thing = {"signed", signed_members};

static const struct member happening_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    ONE_OF("by", who_names, 0, "who wrote it down"),
    KEY("at", TEXT, 0, "when that was"),
    KEY("later", BOOLEAN, 0, "was it written after somebody had signed?"),
    KEY("what", TEXT, 0, "the kind of thing: see alongside-record(5)"),
    KEY("on", TEXT, 0, "the day on which it happened"),
    KEY("text", TEXT, OR_NULL | MAY_LACK, "in their own words"),
    KEY("held", TEXT, OR_NULL | MAY_LACK, "of a lapse: what held"),
    KEY("next", TEXT, OR_NULL | MAY_LACK, "of a lapse: what comes next"),
    KEY("how", TEXT, OR_NULL | MAY_LACK, "of an attempt, of leaving: in which way"),
    KEY("reached", TEXT, OR_NULL | MAY_LACK, "of an attempt: did it get through, yes or no"),
    KEY("whose", TEXT, OR_NULL | MAY_LACK, "who missed it, was late or called it off"),
    KEY("absence", TEXT, OR_NULL | MAY_LACK, "acceptable, not_acceptable or not_known"),
    KEY("minutes", INTEGER, OR_NULL | MAY_LACK, "by how many it was late"),
    KEY("to", TEXT, OR_NULL | MAY_LACK, "of a referral: which service"),
    KEY("role", TEXT, OR_NULL | MAY_LACK, "the part that service plays"),
    KEY("system", TEXT, OR_NULL | MAY_LACK, "of which system it is"),
    KEY("direction", TEXT, OR_NULL | MAY_LACK, "of a step: up or down"),
    KEY("decided_by", TEXT, OR_NULL | MAY_LACK, "who decided"),
    KEY("criteria", TEXT, OR_NULL | MAY_LACK, "by which rules"),
    IS("came_of_it", word, LIST, "what came of it, or came back"),
    IS("statements", word, LIST, "what was said to it"),
    IS("signed", signed_thing, EACH | OR_NULL | MAY_LACK, "of a milestone; null for who has not signed"),
    END,
};
static const struct thing happening = {"happening", happening_members};

static const struct member attended_members[] = {
    KEY("missed", INTEGER, 0, "how many sittings did not take place, as they could not come"),
    KEY("acceptable", INTEGER, 0, "how many of those with a good reason"),
    KEY("not_acceptable", INTEGER, 0, "how many without"),
    KEY("not_known", INTEGER, 0, "of how many that is not known"),
    KEY("cancelled", INTEGER, 0, "how many they called off"),
    KEY("late", INTEGER, 0, "how often they were late"),
    END,
};
static const struct thing attended = {"attended", attended_members};

static const struct member episode_members[] = {
    KEY("from", TEXT, 0, "the day on which it began"),
    KEY("to", TEXT, OR_NULL, "the day on which it ended; null: it goes on"),
    KEY("how", TEXT, OR_NULL, "in which way it ended"),
    END,
};
static const struct thing episode = {"episode", episode_members};

static const struct member share_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    ONE_OF("by", who_names, 0, "who wrote it down"),
    KEY("at", TEXT, 0, "when that was"),
    KEY("later", BOOLEAN, 0, "was it written after somebody had signed?"),
    KEY("what", TEXT, 0, "what was passed on"),
    KEY("to", TEXT, 0, "to whom"),
    KEY("because", TEXT, OR_NULL, "why"),
    KEY("basis", TEXT, OR_NULL, "by what right"),
    KEY("on", TEXT, OR_NULL, "the day"),
    KEY("told", BOOLEAN, OR_NULL, "was the person told?"),
    IS("statements", word, LIST, "what was said to it"),
    END,
};
static const struct thing share = {"share", share_members};

static const struct member marked_members[] = {
    ONE_OF("by", who_names, 0, "who was said back"),
    KEY("at", TEXT, 0, "when"),
    KEY("right", BOOLEAN, 0, "was it right? else: not quite"),
    KEY("text", TEXT, OR_NULL, "what was missing, in their own words"),
    END,
};
static const struct thing marked = {"marked", marked_members};

static const struct member said_back_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    ONE_OF("by", who_names, 0, "who said it back"),
    KEY("at", TEXT, 0, "when that was"),
    KEY("later", BOOLEAN, 0, "was it said after somebody had signed?"),
    KEY("question", TEXT, 0, "the question it is about"),
    KEY("text", TEXT, 0, "what they heard"),
    IS("marked", marked, OR_NULL, "what the other said to it; null where nothing yet"),
    END,
};
static const struct thing said_back = {"said_back", said_back_members};

static const struct member signature_members[] = {
    KEY("name", TEXT, OR_NULL, "as they typed it"),
    KEY("refused", BOOLEAN, 0, "true where they would not sign"),
    KEY("because", TEXT, OR_NULL, "why, in their own words"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("changed_since", BOOLEAN, 0, "was anything answered, settled or undone after it?"),
    END,
};
static const struct thing signature = {"signature", signature_members};

static const struct member lead_members[] = {
    KEY("name", TEXT, OR_NULL, "who leads the work"),
    KEY("since", TEXT, OR_NULL, "when that was written down"),
    ONE_OF("by", who_names, OR_NULL, "who handed it over; null for the first"),
    KEY("handed_over_by", TEXT, OR_NULL, "the name of who did"),
    KEY("because", TEXT, OR_NULL, "why"),
    END,
};
static const struct thing lead = {"lead", lead_members};

static const struct member read_members[] = {
    KEY("at", TEXT, 0, "when"),
    KEY("text", TEXT, OR_NULL, "in their own words"),
    END,
};
static const struct thing read_thing = {"read", read_members};

static const struct member comment_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("name", TEXT, OR_NULL, "who wrote it"),
    ONE_OF("as", commented_names, 0, "what it was written as"),
    KEY("disagreement", TEXT, OR_NULL, "the one it is about; null: the whole"),
    KEY("text", TEXT, OR_NULL, "in their own words"),
    IS("acknowledged", read_thing, OR_NULL, "the practitioner has read it; null: not yet"),
    IS("statements", word, LIST, "what was said to it"),
    END,
};
static const struct thing comment = {"comment", comment_members};

static const struct member learned_members[] = {
    KEY("seq", INTEGER, 0, "the line of the record"),
    ONE_OF("by", who_names, 0, "who"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("name", TEXT, OR_NULL, "what they are called"),
    KEY("disagreement", TEXT, OR_NULL, "the one it is about"),
    KEY("question", TEXT, OR_NULL, "the question it is about"),
    KEY("text", TEXT, OR_NULL, "in their own words"),
    IS("statements", word, LIST, "what was said to it"),
    END,
};
static const struct thing learned = {"learned", learned_members};

static const struct member countersignature_members[] = {
    KEY("name", TEXT, OR_NULL, "as they typed it"),
    KEY("at", TEXT, OR_NULL, "when"),
    KEY("changed_since", BOOLEAN, 0, "was anything answered, settled, undone or signed after it?"),
    END,
};
static const struct thing countersignature = {"countersignature", countersignature_members};

static const struct member integrity_members[] = {
    KEY("lines", INTEGER, 0, "how many lines of the record are in this"),
    KEY("head", TEXT, 0, "the hash of the last of them"),
    KEY("receipt", TEXT, OR_NULL, "the receipt code over those lines"),
    KEY("damage", TEXT, OR_NULL, "what is wrong with the record after those lines"),
    KEY("unfinished_bytes", INTEGER, 0, "of a line that was cut off"),
    END,
};
static const struct thing integrity = {"integrity", integrity_members};

static const struct member export_members[] = {
    KEY("format", TEXT, 0, TREE_FORMAT),
    KEY("record", TEXT, 0, "the record's id"),
    KEY("ref", TEXT, OR_NULL, "the case's own reference"),
    IS("follows", follows, OR_NULL, "the assessment before this one"),
    IS("form", form_thing, 0, "which questionnaire"),
    IS("people", person, EACH, "the two"),
    IS("lead", lead, 0, "who leads the work"),
    IS("leads", lead, LIST, "all who led it, the last one now"),
    IS("sittings", sitting, LIST, "when and where they met"),
    IS("sections", section, LIST, "in the order of the form"),
    IS("scores", score, LIST, "what the form works out"),
    IS("plan", summary, LIST, "the lists that the form makes of the answers"),
    IS("disagreements", disagreement, LIST, "what they saw differently"),
    IS("notes", remark, LIST, "what was noted"),
    IS("promises", promise, LIST, "what was promised"),
    IS("happenings", happening, LIST, "what happened besides"),
    IS("attendance", attended, EACH, "sittings that did not take place, or began late, by whom"),
    IS("episodes", episode, LIST, "when the work began, stopped and went on"),
    IS("shared", share, LIST, "what was passed on to others"),
    IS("statements", statement, LIST, "what they wanted to stand beside it"),
    IS("reframed", remark, LIST, "other ways to see it; the first words stay"),
    IS("offers", offer, LIST, "ways to go on that one offered the other"),
    IS("said_back", said_back, LIST, "what one heard the other say about a question"),
    IS("comments", comment, LIST, "what a supervisor wrote"),
    IS("reflections", learned, LIST, "what the practitioner takes from it"),
    IS("lessons", learned, LIST, "what others can learn"),
    IS("signatures", signature, EACH | OR_NULL, "null for whom there is none"),
    IS("countersignatures", countersignature, LIST, "where a supervisor signed too, oldest first"),
    IS("integrity", integrity, 0, "to be held against “alongside verify”"),
    END,
};
/* clang-format on */

static const struct thing whole = {"export", export_members};

/* Each is a definition. */
static const struct thing *const things[] = {
    &upgrade,   &follows,      &reasons,   &stood,     &last,    &form_thing,   &person, &note_said,
    &told,      &sitting,      &section,   &question,  &entry,   &answer,       &score,  &basis,
    &bases,     &bands,        &summary,   &group,     &item,    &disagreement, &view,   &turn,
    &remark,    &promise,      &signature, &integrity, &parking, &referral,     &reply,  &word,
    &happening, &signed_thing, &attended,  &episode,   &share,   &statement,    &offer,  &taken, &marked, &said_back,
    &lead, &read_thing, &comment, &learned, &countersignature};

json_t *tree_schema(void)
{
    return members_schema("An export of Alongside",
                          "What “alongside export” writes, as YAML or JSON. See alongside-export(5).",
                          TREE_FORMAT, &whole, things, sizeof things / sizeof *things);
}
