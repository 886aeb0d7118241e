/* Engagement: the rows of one person put together, whatever record they are of. */
#include "review/engagement.h"

#include "base/date.h"
#include "base/mem.h"
#include "review/case_groups.h"
#include "review/figures_lines.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 24 * 60 * 60 };

/* Something of a person's: when it was. Of an episode: until when it is known to have gone on, whether it
 * stopped then, and whether that was dropping out. */
struct piece {
    uint32_t person; /* the number of the case */
    int64_t from, to;
    bool stopped, dropped;
};

struct pieces {
    const struct collection *collection;
    struct cases cases;
    uint32_t at; /* the number of the source that was seen last: they come in their order */
    struct piece *pieces;
    size_t count, room;
    const struct column *how; /* an episode stopped */
};

static void pieces_begin(struct pieces *p, const struct scope *scope)
{
    *p = (struct pieces){.collection = scope->collection, .cases = cases_of(scope->collection)};
}

static void add_piece(struct pieces *p, const struct source *source, struct piece piece)
{
    while (collection_at(p->collection, p->at) != source)
        p->at++;
    piece.person = p->cases.of[p->at];
    GROW(p->pieces, p->count, p->room);
    p->pieces[p->count++] = piece;
}

static int by_person(const void *one, const void *other)
{
    const struct piece *a = one, *b = other;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

/* All of one person's pieces one after the other, by when they began. */
static void put_together(struct pieces *p)
{
    if (p->count)
        qsort(p->pieces, p->count, sizeof *p->pieces, by_person);
}

static void pieces_release(struct pieces *p)
{
    cases_release(&p->cases);
    free(p->pieces);
}

/* ---- for how long ---- */

static bool is_dropping_out(const char *how)
{
    return strcmp(how, "stopped_coming") == 0 || strcmp(how, "withdrew") == 0;
}

static void take_episode(void *to, const struct source *source, uint32_t number)
{
    const struct pieces *pieces = to;
    const struct digest_episode *episode = digest_episode(source->digest, number);
    struct cell cell;
    cell_fill(pieces->how, source, number, &cell);
    add_piece(to, source,
              (struct piece){.from = episode->from,
                             .to = episode->to ? episode->to : source->digest->last,
                             .stopped = episode->to != 0,
                             .dropped = episode->to && is_dropping_out(cell.text)});
}

static void add_time(struct drop_out *drop_out, const struct piece *episode)
{
    int64_t days = episode->to / DAY - episode->from / DAY; /* a day left is told without its hour */
    GROW(drop_out->times, drop_out->count, drop_out->room);
    drop_out->times[drop_out->count++] =
        (struct survival_time){days > 0 ? (double)days : 0, episode->dropped};
}

/* Does the piece go on with that episode? It does until it stopped, and to the end of that day: what is
 * written down about the leaving itself begins nothing. */
static bool goes_on_with(const struct piece *episode, const struct piece *piece)
{
    return piece->person == episode->person && (!episode->stopped || piece->from < episode->to + DAY);
}

void drop_out_work(const struct scope *scope, struct drop_out *drop_out)
{
    struct pieces pieces;
    pieces_begin(&pieces, scope);
    pieces.how = &table_episodes.columns[table_column(&table_episodes, "how")];
    *drop_out = (struct drop_out){0};
    scope_each(scope, &table_episodes, take_episode, &pieces);
    put_together(&pieces);
    for (size_t i = 0, next; i < pieces.count; i = next) {
        struct piece episode = pieces.pieces[i];
        for (next = i + 1; next < pieces.count && goes_on_with(&episode, &pieces.pieces[next]); next++) {
            const struct piece *piece = &pieces.pieces[next];
            if (episode.stopped)
                continue;
            if (piece->stopped || piece->to > episode.to)
                episode.to = piece->to;
            episode.stopped = piece->stopped;
            episode.dropped = piece->dropped;
        }
        add_time(drop_out, &episode);
    }
    drop_out->rows = (int64_t)pieces.count;
    drop_out->curve = survival_estimate(drop_out->times, drop_out->count);
    pieces_release(&pieces);
}

void drop_out_release(struct drop_out *drop_out)
{
    free(drop_out->times);
    survival_release(&drop_out->curve);
    *drop_out = (struct drop_out){0};
}

/* ---- how often ---- */

static void take_sitting(void *to, const struct source *source, uint32_t number)
{
    int64_t at = digest_sitting(source->digest, number)->at;
    add_piece(to, source, (struct piece){.from = at, .to = at});
}

static int month_of(int64_t at)
{
    int year, month, day;
    date_to_civil((int)(at / DAY), &year, &month, &day);
    return 12 * year + month - 1;
}

static void count_months(const struct pieces *pieces, struct sittings_counted *counted)
{
    int first = 0, last = -1;
    for (size_t i = 0; i < pieces->count; i++) {
        int month = month_of(pieces->pieces[i].from);
        first = i == 0 || month < first ? month : first;
        last = i == 0 || month > last ? month : last;
    }
    counted->first_month = first;
    counted->month_count = (size_t)(last - first + 1);
    counted->months = xcalloc(counted->month_count + 1, sizeof *counted->months);
    for (size_t i = 0; i < pieces->count; i++)
        counted->months[month_of(pieces->pieces[i].from) - first]++;
}

void sittings_count(const struct scope *scope, struct sittings_counted *counted)
{
    struct pieces pieces;
    pieces_begin(&pieces, scope);
    *counted = (struct sittings_counted){0};
    scope_each(scope, &table_sittings, take_sitting, &pieces);
    put_together(&pieces);
    counted->all = (int64_t)pieces.count;
    count_months(&pieces, counted);
    counted->each = xreallocarray(NULL, pieces.count + 1, sizeof *counted->each);
    counted->between = xreallocarray(NULL, pieces.count + 1, sizeof *counted->between);
    for (size_t i = 0; i < pieces.count; i++) {
        const struct piece *piece = &pieces.pieces[i];
        if (i == 0 || piece[-1].person != piece->person) {
            counted->each[counted->each_count++] = 1;
            continue;
        }
        counted->each[counted->each_count - 1]++;
        int64_t days = piece->from / DAY - piece[-1].from / DAY;
        counted->between[counted->between_count++] = (double)days;
    }
    pieces_release(&pieces);
}

void sittings_release(struct sittings_counted *counted)
{
    free(counted->months);
    free(counted->each);
    free(counted->between);
    *counted = (struct sittings_counted){0};
}
