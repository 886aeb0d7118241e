#!/usr/bin/env python3
"""The review's figures worked out again, by a second program that shares nothing with the first.

    again.py PROGRAM FILTERS FOLDER...

It reads the records themselves, line by line, as alongside-record(5) has them, and from what it finds there works
out again what `review`, `review --figures` and `report` say under each filter (one a line in FILTERS; an empty line
is no filter). The formulas are those of alongside-statistics(7), each in another way than the program's where there
is one: whole numbers and fractions for tosses and survival, the quadratic equation for Wilson's range, changed
weights for alpha's. Of a form only names, types, scales, tolerances and titles are read, by a small reader of its
own. What depends on which questions are relevant (how many were declined) comes from `export`.

Each line that differs is told; the status is 1 then.
"""
import collections
import datetime
import glob
import hashlib
import json
import math
import os
import re
import subprocess
import sys
from fractions import Fraction

PARTIES = ('practitioner', 'service_user')
HAIR = 1e-9


# ---- forms: as much of YAML as they are written in ----

class Yaml:
    """Mappings and lists by indentation, flow style, quotes, block scalars; no anchors, no tags."""

    def __init__(self, text):
        self.lines = text.split('\n')
        self.at = 0

    @staticmethod
    def bare(line):
        """The line without its comment."""
        quote = None
        for i, c in enumerate(line):
            if quote:
                if quote == '"' and c == '\\':
                    continue
                if c == quote and not (quote == '"' and line[i - 1] == '\\'):
                    quote = None
            elif c in '"\'' and (i == 0 or line[i - 1] in ' {[,:'):
                quote = c
            elif c == '#' and (i == 0 or line[i - 1] in ' \t'):
                return line[:i].rstrip()
        return line.rstrip()

    def skip(self):
        while self.at < len(self.lines) and not self.bare(self.lines[self.at]).strip():
            self.at += 1

    def depth(self):
        self.skip()
        if self.at >= len(self.lines):
            return -1
        line = self.lines[self.at]
        return len(line) - len(line.lstrip(' '))

    def value(self, least):
        depth = self.depth()
        if depth < least:
            return None
        text = self.bare(self.lines[self.at])[depth:]
        return self.items(depth) if text == '-' or text.startswith('- ') else self.mapping(depth)

    def items(self, depth):
        found = []
        while self.depth() == depth and self.lines[self.at][depth:depth + 1] == '-':
            line = self.lines[self.at]
            rest = line[depth + 1:]
            if not self.bare(rest).strip():
                self.at += 1
                found.append(self.value(depth + 1))
                continue
            inner = depth + 1 + len(rest) - len(rest.lstrip(' '))
            if self.key_of(self.bare(rest).strip())[0] is not None:
                self.lines[self.at] = ' ' * inner + line[inner:]
                found.append(self.mapping(inner))
            else:
                found.append(self.scalar(self.bare(rest).strip(), depth))
        return found

    @staticmethod
    def key_of(text):
        """“key: rest”: the key, and the rest; None where it is none."""
        if text[:1] in '{[':
            return None, text
        if text[:1] in '"\'':
            end = text.find(text[0], 1)
            if end > 0 and text[end + 1:end + 2] == ':':
                return text[1:end], text[end + 2:].strip()
            return None, text
        for i, c in enumerate(text):
            if c == ':' and (i + 1 == len(text) or text[i + 1] == ' '):
                return text[:i], text[i + 1:].strip()
        return None, text

    def mapping(self, depth):
        found = {}
        while self.depth() == depth:
            text = self.bare(self.lines[self.at])[depth:]
            key, rest = self.key_of(text)
            if key is None or text.startswith('- '):
                break
            if rest in ('|', '>', '|-', '>-'):
                self.at += 1
                words = []
                while self.at < len(self.lines):
                    line = self.lines[self.at]
                    if line.strip() and len(line) - len(line.lstrip(' ')) <= depth:
                        break
                    words.append(line.strip())
                    self.at += 1
                found[key] = ' '.join(words).strip()
            elif rest:
                found[key] = self.scalar(rest, depth)
            else:
                self.at += 1
                least = depth + 1
                if self.depth() == depth and self.bare(self.lines[self.at])[depth:].startswith('- '):
                    least = depth
                found[key] = self.value(least)
        return found

    def scalar(self, text, depth):
        """A value that begins on this line, and what of it stands on the next ones."""
        self.at += 1
        while self.depth() > depth:
            text += ' ' + self.bare(self.lines[self.at]).strip()
            self.at += 1
        if text[:1] in '{[':
            return self.flow(text, 0)[0]
        return self.plain(text)

    @staticmethod
    def plain(text):
        if len(text) > 1 and text[0] == text[-1] and text[0] in '"\'':
            return text[1:-1]
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                pass
        return {'true': True, 'false': False}.get(text, text)

    def flow(self, text, at):
        close = {'{': '}', '[': ']'}[text[at]]
        found = {} if close == '}' else []
        at += 1
        while True:
            while text[at] in ' ,':
                at += 1
            if text[at] == close:
                return found, at + 1
            key = None
            if close == '}':
                end = text.index(':', at)
                key = str(self.plain(text[at:end].strip()))
                at = end + 1
                while text[at] == ' ':
                    at += 1
            if text[at] in '{[':
                one, at = self.flow(text, at)
            else:
                end = at
                if text[at] in '"\'':
                    end = text.index(text[at], at + 1) + 1
                while text[end] not in ',' + close:
                    end += 1
                one, at = self.plain(text[at:end].strip()), end
            if close == '}':
                found[key] = one
            else:
                found.append(one)


class Question:
    def __init__(self, form, section, body):
        self.name, self.type, self.section = body['name'], body['type'], section
        self.both = body.get('asked_of', 'both') == 'both'
        self.together = body.get('asked_of') == 'together'
        self.compare = body.get('compare', self.type not in ('text', 'acknowledge')) is True
        self.tolerance = body.get('tolerance', 0) or 0
        self.kind = body.get('kind')
        scale, choices = body.get('scale'), body.get('choices')
        self.scale = form.get('scales', {}).get(scale, {}) if isinstance(scale, str) else scale or {}
        if isinstance(choices, str):
            choices = form.get('choices', {}).get(choices, [])
        self.choices = [str(one['name'] if isinstance(one, dict) else one) for one in choices or []]
        self.steps, self.ordered = 0, False
        if self.type == 'select_one' and self.choices:
            self.steps = len(self.choices)
        elif self.type in ('range', 'integer') and 'min' in self.scale and 'max' in self.scale:
            self.from_, self.step = self.scale['min'], self.scale.get('step') or 1
            self.steps = round((self.scale['max'] - self.from_) / self.step) + 1
            self.ordered = True

    def step_of(self, value):
        if not self.steps:
            return None
        if self.ordered:
            return round((value - self.from_) / self.step)
        name = str(value).split(':')[0]
        return self.choices.index(name) if name in self.choices else None

    def place(self, value):
        """Where it lies, of what has an order."""
        if self.type in ('range', 'integer', 'decimal'):
            return value
        if self.type == 'date':
            return datetime.date.fromisoformat(value).toordinal()
        return None

    def gap(self, one, other):
        if self.place(one) is not None and self.place(other) is not None:
            return abs(self.place(one) - self.place(other))
        if self.type == 'select_multiple':
            name = lambda which: str(which).split(':')[0]
            a, b = {name(x): x for x in one}, {name(x): x for x in other}
            return sum(a.get(x) != b.get(x) for x in set(a) | set(b))
        if self.type == 'rank':
            return sum(abs(one.index(x) - other.index(x)) for x in one) / 2
        if isinstance(one, str) and isinstance(other, str):
            return int(one.strip() != other.strip())
        return int(one != other)


class Form:
    def __init__(self, text):
        tree = Yaml(text).value(0)
        self.id = tree['form']
        self.questions, self.titles = {}, {}
        for section in tree['sections']:
            title = section.get('title') or section['section']
            if isinstance(title, dict):
                title = title.get('practitioner', next(iter(title.values())))
            self.titles[section['section']] = title
            self.walk(tree, section['section'], section.get('questions') or [])

    def walk(self, tree, section, bodies):
        for body in bodies:
            self.questions[body['name']] = Question(tree, section, body)
            self.walk(tree, section, body.get('questions') or [])


FORMS = {}


def form_of(text):
    if text not in FORMS:
        FORMS[text] = Form(text)
    return FORMS[text]


# ---- records ----

class Broken(Exception):
    pass


def seconds(at):
    return int(datetime.datetime.strptime(at, '%Y-%m-%dT%H:%M:%SZ').replace(
        tzinfo=datetime.timezone.utc).timestamp())


def day_number(text):
    return datetime.date.fromisoformat(text[:10]).toordinal()


def read_lines(path):
    """The events: each line against its hash and the one before; what is not finished is left alone."""
    with open(path, 'rb') as file:
        parts = file.read().split(b'\n')
    events, prev = [], '0' * 64
    for number, line in enumerate(parts[:-1], 1):
        try:
            event = json.loads(line.decode())
        except (UnicodeDecodeError, ValueError):
            raise Broken('not text') from None
        digest = hashlib.sha256(line[:-75]).hexdigest()
        if event.get('hash') != digest or event.get('prev') != prev or event.get('seq') != number:
            raise Broken(f'line {number}')
        if number == 1 and event.get('format') != 1:
            raise Broken('format')
        prev = digest
        events.append(event)
    if not events:
        raise Broken('empty')
    return events


class Dispute:
    def __init__(self, record, event):
        self.record, self.event = record, event
        self.opened, self.closed = event['seq'], 0
        self.item = event.get('question')
        self.question = record.question(self.item)
        self.by = event['by']
        self.state, self.outcome = 'open', None
        self.kind = event.get('kind')
        self.talked, self.proposed, self.settled_by = False, 0, 0
        self.heard = {who: [] for who in PARTIES}
        self.turns, self.reopened = [], 0
        self.said = dict.fromkeys(PARTIES, 0)
        self.reasons = {who: set() for who in PARTIES}
        self.waits = None
        self.answered = False
        self.before = record.now(self.item) if self.question else {}
        self.cause = max([record.slot(self.item, who)[0] for who in PARTIES]) if self.question else 0
        firsts = {who: record.first_answer(self.item, who) for who in PARTIES}
        p, s = firsts['practitioner'], firsts['service_user']
        self.first = 'service_user' if s and (not p or s < p) else 'practitioner'
        if event['event'] == 'differed':
            self.before = {who: event[who] for who in PARTIES}
            self.first = event['first']
        elif not self.kind:
            self.kind = 'process'
            if self.question:
                self.kind = self.question.kind or {'range': 'score', 'integer': 'score', 'decimal': 'score',
                                                   'text': 'wording'}.get(self.question.type, 'fact')
        self.after = dict(self.before)

    def live(self):
        return self.state in ('open', 'talking')


class Record:
    def __init__(self, path):
        self.path = path
        self.events = read_lines(path)
        first = self.events[0]
        self.id, self.ref = first['record'], first.get('ref') or ''
        self.follows = (first.get('follows') or {}).get('record', '')
        self.form = form_of(first['form']['text'])
        self.begun, self.last = seconds(first['at']), seconds(self.events[-1]['at'])
        self.undone = [False] * (len(self.events) + 1)
        self.disputes, self.by_id, self.rated = [], {}, {}
        self.versions = collections.defaultdict(list)
        self.sittings = []
        self.countersigned = False
        self.signed = {}
        self.lead = first.get('lead') or (first.get('people') or {}).get('practitioner', '')
        self.handed = False
        for event in self.events:
            self.take(event)

    def question(self, path):
        return self.form.questions.get(path.split('#')[0]) if path else None

    # -- answers as they stand --
    def slot(self, item, who):
        """(its line, its value or None, its missing code)"""
        for event in reversed(self.versions[item, who]):
            if not self.undone[event['seq']]:
                if event['event'] == 'cleared':
                    break
                return event['seq'], event.get('value') if event['event'] == 'answered' else None
        return 0, None

    def now(self, item):
        return {who: self.slot(item, who)[1] for who in PARTIES}

    def first_answer(self, item, who):
        return next((e['seq'] for e in self.versions[item, who] if e['event'] == 'answered'), 0)

    def answers_moved(self, item):
        for d in self.disputes:
            if d.item == item and d.live():
                d.after = self.now(item)

    # -- one event --
    def take(self, event):
        kind, by = event['event'], event['by']
        if kind in ('answered', 'declined', 'cleared'):
            item = event['question']
            self.versions[item, by].append(event)
            self.answers_moved(item)
            self.countersigned = False
            for d in self.disputes:
                if event.get('through') == self.name_of(d):
                    d.turns.append(event)
        elif kind in ('differed', 'raised'):
            d = Dispute(self, event)
            self.disputes.append(d)
            self.by_id[event.get('disagreement') or f'd{len(self.disputes)}'] = d
            if kind == 'differed':
                self.rated[d.item] = d
        elif kind in ('sat', 'paused', 'closed'):
            if self.sittings and not self.sittings[-1]['until']:
                self.sittings[-1]['until'] = event['at']
                self.sittings[-1]['ended'] = kind
                self.sittings[-1]['end_seq'] = event['seq']
            if kind == 'sat':
                self.sittings.append({'event': event, 'until': None, 'ended': None})
                name = (event.get('people') or {}).get('practitioner')
                if name and not self.lead and not self.handed:
                    self.lead = name
        elif kind == 'undone':
            self.take_undone(event)
        elif kind == 'signed' and 'of' not in event:
            self.signed[by] = not event.get('refused')
            self.countersigned = False
        elif kind == 'countersigned':
            self.countersigned = True
        elif kind in ('added', 'moved', 'removed'):
            self.countersigned = False
        elif kind == 'handed_over':
            self.lead, self.handed = event['to'], True
        elif event.get('disagreement') in self.by_id:
            self.take_talk(event, self.by_id[event['disagreement']])
        elif kind == 'marked':
            of = self.events[event['of'] - 1]
            if of.get('disagreement') in self.by_id:
                self.by_id[of['disagreement']].talked = True

    def name_of(self, d):
        return next(name for name, one in self.by_id.items() if one is d)

    def take_talk(self, event, d):
        kind, by = event['event'], event['by']
        d.turns.append(event)
        if kind == 'said':
            if event.get('heard') and by in PARTIES:
                d.heard[by].append(event)
            if by in PARTIES and event.get('text') and not event.get('reason'):
                d.talked = True
                d.state = 'talking' if d.state == 'open' else d.state
        elif kind == 'said_back' and d.live():
            d.talked, d.state = True, 'talking'
        elif kind == 'proposed':
            d.proposed = event['seq']
            if by in PARTIES:
                d.talked, d.state = True, 'talking'
        elif kind in ('resolved', 'parked', 'referred'):
            d.outcome = event.get('outcome') or {'parked': 'needs_information'}.get(kind, kind)
            d.state = kind
            d.closed, d.settled_by = event['seq'], d.proposed
            d.after = self.now(d.item) if d.question else {}
            self.countersigned = False
        elif kind == 'reopened':
            d.state, d.outcome, d.closed = 'talking' if d.talked else 'open', None, 0
            d.heard = {who: [] for who in PARTIES}
            d.proposed = d.settled_by = 0
            d.after = self.now(d.item) if d.question else {}
            self.countersigned = False

    def take_undone(self, event):
        target = self.events[event['of'] - 1]
        again = target['event'] == 'undone'
        if again:
            self.undone[target['seq']] = True
            target = self.events[target['of'] - 1]
        self.undone[target['seq']] = not again
        if target['event'] not in ('acknowledged', 'reflected', 'lesson'):
            self.countersigned = False
        item = target.get('question')
        if target['event'] in ('answered', 'declined', 'cleared'):
            d = self.rated.get(item)
            others = [e for e in self.versions[item, target['by']]
                      if e['seq'] > target['seq'] and not self.undone[e['seq']]]
            if not again and d and d.cause == target['seq'] and not d.talked and d.live() and not others:
                d.state = 'withdrawn'
                del self.rated[item]
            self.answers_moved(item)
        elif target['event'] == 'raised':
            for d in self.disputes:
                if d.opened == target['seq']:
                    d.state = 'withdrawn'
        elif target['event'] in ('proposed', 'confirmed') and target.get('disagreement') in self.by_id:
            d = self.by_id[target['disagreement']]
            if d.settled_by:
                for turn in d.turns:
                    if turn['event'] == 'answered' and turn['seq'] > d.settled_by:
                        self.undone[turn['seq']] = True
                self.answers_moved(d.item)

    # -- what comes of it --
    def standing(self, kind):
        return [e for e in self.events if e['event'] == kind and not self.undone[e['seq']]]

    def sitting_end(self, i):
        one = self.sittings[i]
        if one['until']:
            return seconds(one['until'])
        return seconds(self.sittings[i + 1]['event']['at']) if i + 1 < len(self.sittings) else self.last

    def together(self, start, end):
        if not self.sittings:
            return max(0, end - start)
        return sum(max(0, min(self.sitting_end(i), end) - max(seconds(s['event']['at']), start))
                   for i, s in enumerate(self.sittings))

    def groups(self):
        """Sittings with those they go on with: [first, last]."""
        groups = []
        for i, one in enumerate(self.sittings):
            before = self.sittings[i - 1] if i else None
            if before and before['ended'] != 'closed' and before['event']['at'][:10] == one['event']['at'][:10]:
                groups[-1][1] = i
            else:
                groups.append([i, i])
        return groups

    def told(self, group, topic, who=None):
        start = self.sittings[group[0]]['event']['seq']
        end = (self.sittings[group[1] + 1]['event']['seq'] - 1 if group[1] + 1 < len(self.sittings)
               else len(self.events))
        found = [e for e in self.standing('told') if e['topic'] == topic and start < e['seq'] <= end and
                 (who is None or e['by'] == who)]
        return found[-1]['value'] if found else None

    def common(self):
        return {'record': self.id, 'lead': self.lead, 'form': self.form.id, 'source': self}

    def part(self, item):
        question = self.question(item)
        return question.section if question else ''


def day_of(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime('%Y-%m-%d')


# ---- rows ----

def dispute_rows(record, today):
    groups = record.groups()
    for d in record.disputes:
        if d.state == 'withdrawn':
            continue
        opened = seconds(record.events[d.opened - 1]['at'])
        closed = seconds(record.events[d.closed - 1]['at']) if d.closed else None
        said, reasons = dict.fromkeys(PARTIES, 0), {who: set() for who in PARTIES}
        reopened, waits, due, answered = 0, None, None, False
        for turn in d.turns:
            if record.undone[turn['seq']]:
                continue
            if turn['event'] == 'said':
                if turn['by'] == 'supervisor':
                    answered = True
                else:
                    said[turn['by']] += 'text' in turn
                    reasons[turn['by']] |= {turn['reason']} if 'reason' in turn else set()
            elif turn['event'] in ('parked', 'referred'):
                waits, due, answered = seconds(turn['at']), turn.get('by_when'), False
            elif turn['event'] == 'reopened':
                reopened += 1
        if d.state not in ('parked', 'referred'):
            waits = None
        row = record.common()
        row.update(table='disagreements', date=day_of(opened), part=record.part(d.item), by=d.by, kind=d.kind,
                   first=d.first, state=d.state, said=said, reasons=reasons, reopened=reopened, dispute=d,
                   ended='open' if d.live() or not d.outcome else d.outcome, closed=closed, answered=answered)
        row['seconds'] = record.together(opened, closed) if closed else None
        row['minutes'] = -(-row['seconds'] // 60) if closed else None
        row['days'] = (closed - opened) // 86400 if closed else None
        row['waits_days'] = max(0, today - day_number(day_of(waits))) if waits else None
        row['overdue'] = bool(waits and due and day_number(due) < today)
        both = lambda pair: d.question and all(pair.get(who) is not None for who in PARTIES)
        before, after = both(d.before), both(d.after)
        row['gap'] = d.question.gap(*[d.before[w] for w in PARTIES]) if before else None
        row['gap_after'] = d.question.gap(*[d.after[w] for w in PARTIES]) if after else None
        row['became'] = None
        if closed and before and after:
            by = row['gap_after'] - row['gap']
            row['became'] = 'narrowed' if by < -HAIR else 'widened' if by > HAIR else 'same'
        row['scaled'] = bool(d.question and d.question.steps and d.question.ordered)
        row['share'] = None
        if closed and before and after:
            places = [[d.question.place(pair[w]) for w in PARTIES] for pair in (d.before, d.after)]
            if None not in places[0] + places[1]:
                ways = [abs(a - b) for a, b in zip(*places)]
                row['share'] = ways[0] / sum(ways) if sum(ways) else None
        moved = {'practitioner_moved': 'practitioner', 'service_user_moved': 'service_user'}.get(d.outcome)
        row['first_moved'] = None
        if moved and d.state == 'resolved' and d.question:
            row['first_moved'] = d.first == moved
        for who, other in (PARTIES, PARTIES[::-1]):
            told = [e for e in d.heard[who] if not record.undone[e['seq']]]
            over = [s for s in record.sittings if told and s.get('end_seq', 0) > told[-1]['seq']]
            there = [e for e in d.heard[other] if not record.undone[e['seq']]]
            row['heard_' + who[0]] = told[-1]['heard'] if told and (over or there) else None
        sitting = [g for g in groups if record.sittings[g[0]]['event']['seq'] <= d.opened]
        row['pen'] = record.told(sitting[-1], 'pen') if sitting else None
        yield row


def pair_rows(record):
    """What both answered, as it was when both were first in; what was taken back does not count."""
    firsts = {}
    for event in record.events:
        if event['event'] not in ('answered', 'declined', 'cleared') or event['by'] not in PARTIES:
            continue
        first = firsts.setdefault(event['question'], {})
        if record.undone[event['seq']] or len(first) == 2:
            continue
        if event['event'] == 'answered':
            first[event['by']] = event
        else:
            first.pop(event['by'], None)
    for item, first in firsts.items():
        question = record.question(item)
        if not question or not question.both or not question.compare:
            continue
        if len(first) < 2:
            continue
        answers = {who: first[who]['value'] for who in PARTIES}
        order = min(PARTIES, key=lambda who: first[who]['seq'])
        at = max((first[who] for who in PARTIES), key=lambda e: e['seq'])['at']
        row = record.common()
        steps = [question.step_of(answers[who]) for who in PARTIES]
        row.update(table='compared', date=at[:10], part=question.section, question=question, first=order,
                   differ=question.gap(*[answers[w] for w in PARTIES]) > question.tolerance + HAIR, steps=steps,
                   item=item, counted=question.steps >= 2 and None not in steps)
        yield row


def sitting_rows(record):
    for group in record.groups():
        first, last = record.sittings[group[0]], record.sittings[group[1]]
        start = first['event']['seq']
        end = (record.sittings[group[1] + 1]['event']['seq'] if group[1] + 1 < len(record.sittings)
               else len(record.events) + 1)
        minutes = 0
        for i in range(group[0], group[1] + 1):
            one = record.sittings[i]
            till = one['until']
            if not till:
                till = [e for e in record.events if e['by'] in PARTIES + ('together',) or
                        e['seq'] <= one['event']['seq']][-1]['at']
            minutes += -(-max(0, seconds(till) - seconds(one['event']['at'])) // 60)
        inside = [e for e in record.events if start <= e['seq'] < end and not record.undone[e['seq']]]
        was = {who: record.told(group, 'how_it_was', who) for who in PARTIES}
        row = record.common()
        row.update(table='sittings', date=first['event']['at'][:10], at=seconds(first['event']['at']),
                   minutes=minutes if last['until'] else None,
                   closed=any(e['event'] == 'closed' for e in inside),
                   copies=sum(e['event'] == 'copied' for e in inside),
                   agenda=bool(record.told(group, 'agenda') or last['event'].get('agenda')),
                   recap=record.told(group, 'recap') is not None, next=record.told(group, 'next') is not None,
                   skills=set(record.told(group, 'practice', 'practitioner') or []))
        for who in PARTIES:
            row['was_' + who[0]] = was[who] if all(was.values()) else None
        yield row


def promise_rows(record, today):
    kept = collections.defaultdict(dict)
    for event in record.standing('kept'):
        kept[event['promise']][event['by']] = event['kept']
    for event in record.standing('promised'):
        said = kept[event['seq']]
        row = record.common()
        row.update(table='promises', date=event['at'][:10], by=event['by'], part=record.part(event.get('question')),
                   kept_p=said.get('practitioner'), kept_s=said.get('service_user'),
                   overdue=bool(event.get('by_when')) and day_number(event['by_when']) < today and
                   True not in said.values())
        yield row


def happened_rows(record):
    for event in record.standing('happened'):
        row = record.common()
        row.update(table='happened', date=event['on'], kind=event['what'], whose=event.get('whose'),
                   absence=event.get('absence'), reached=event.get('reached'), minutes=event.get('minutes'))
        yield row


def episode_rows(record):
    episodes = [[record.begun, None, None]]
    at = lambda day: (day_number(day) - day_number('1970-01-01')) * 86400
    for event in record.standing('happened'):
        if event['what'] == 'left' and episodes[-1][1] is None:
            episodes[-1][1:] = [at(event['on']), event.get('how')]
        elif event['what'] == 'returned' and episodes[-1][1] is not None:
            episodes.append([at(event['on']), None, None])
    for start, end, how in episodes:
        row = record.common()
        row.update(table='episodes', date=day_of(start), start=start, end=end, how=how)
        yield row


def remark_rows(record):
    read = {e['of'] for e in record.standing('acknowledged')}
    names = {'commented': 'comment', 'reflected': 'reflection', 'lesson': 'lesson', 'statement': 'statement',
             'countersigned': 'countersigned', 'handed_over': 'handed_over'}
    for event in record.events:
        if event['event'] not in names or record.undone[event['seq']]:
            continue
        d = record.by_id.get(event.get('disagreement'))
        row = record.common()
        row.update(table='remarks', date=event['at'][:10], kind=names[event['event']], by=event['by'],
                   part=record.part(d.item) if d else '', read=event['seq'] in read)
        yield row


def record_row(record, export):
    declined = dict.fromkeys(PARTIES, 0)

    def walk(questions):
        for q in questions:
            for who in PARTIES:
                if isinstance(q.get(who), dict) and q[who].get('missing') and q['relevant'][who]:
                    declined[who] += 1
            walk(q.get('questions') or [])
            for entry in q.get('entries') or []:
                walk(entry.get('questions') or [])

    for section in export['sections']:
        walk(section['questions'])
    row = record.common()
    row.update(table='records', date=day_of(record.begun), declined_p=declined['practitioner'],
               declined_s=declined['service_user'], follows=record.follows,
               signed=all(record.signed.get(w) for w in PARTIES), countersigned=record.countersigned)
    return row


# ---- statistics, as alongside-statistics(7) has them ----

Z = 1.959963984540054
NONE = 'none'


def figure(value, n, low=None, high=None, fewest=10):
    if n < fewest or value is None:
        return {'value': None, 'n': n, 'low': None, 'high': None}
    return {'value': value, 'n': n, 'low': low, 'high': high}


def wilson(count, n):
    """Both roots of (p - count/n)^2 = z^2 p (1 - p) / n."""
    if n == 0:
        return figure(None, 0)
    p = count / n
    a, b, c = 1 + Z * Z / n, -(2 * p + Z * Z / n), p * p
    root = math.sqrt(max(0, b * b - 4 * a * c))
    return figure(p, n, (-b - root) / (2 * a), (-b + root) / (2 * a))


def at_most(k, n):
    """P(B <= k) of n tosses, as a fraction."""
    return Fraction(sum(math.comb(n, i) for i in range(k + 1)), 2 ** n) if k >= 0 else Fraction(0)


def sign_test(one, other):
    n = one + other
    return figure(float(min(1, 2 * at_most(min(one, other), n))) if n else None, n)


def quartiles(values):
    values, n = sorted(values), len(values)
    if n < 10:
        return figure(None, n), None, None

    def quantile(share):
        place = Fraction(n - 1) * share
        low = int(place)
        high = min(low + 1, n - 1)
        return float(values[low] + (values[high] - values[low]) * (place - low))

    out = 0
    while 2 * at_most(out, n) <= Fraction(1, 20):
        out += 1
    low, high = (values[out - 1], values[n - out]) if out else (None, None)
    return figure(quantile(Fraction(1, 2)), n, low, high), quantile(Fraction(1, 4)), quantile(Fraction(3, 4))


def beta_fraction(x, a, b):
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_fraction(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    f = c = 1.0
    d = 0.0
    for i in range(400):
        m = i // 2
        if i == 0:
            numerator = 1.0
        elif i % 2 == 0:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + numerator * d)
        c = 1 + numerator / c
        f *= c * d
        if i and abs(1 - c * d) < 1e-15:
            break
    return front * (f - 1)


def student_95(degrees):
    low, high = 0.0, 1000.0
    for _ in range(200):
        t = (low + high) / 2
        outside = beta_fraction(degrees / (degrees + t * t), degrees / 2, 0.5) if t else 1
        low, high = (low, t) if outside < 0.05 else (t, high)
    return low


def spread(value, variance, n):
    if variance < 1e-24:
        return figure(value, n, fewest=30)
    reach = student_95(n - 1) * math.sqrt(variance)
    return figure(value, n, max(-1, value - reach), min(1, value + reach), fewest=30)


def weights(kind, k):
    apart = lambda i, j: abs(i - j) / (k - 1)
    return [[{'none': float(i == j), 'linear': 1 - apart(i, j), 'quadratic': 1 - apart(i, j) ** 2}[kind]
             for j in range(k)] for i in range(k)]


def kappa(table, w):
    k, n = len(table), sum(map(sum, table))
    if n < 30:
        return figure(None, n)
    ks = range(k)
    p = [[table[i][j] / n for j in ks] for i in ks]
    r, c = [sum(p[i]) for i in ks], [sum(p[i][j] for i in ks) for j in ks]
    po = sum(w[i][j] * p[i][j] for i in ks for j in ks)
    pe = sum(w[i][j] * r[i] * c[j] for i in ks for j in ks)
    if 1 - pe < 1e-12:
        return figure(None, n)
    wi = [sum(w[i][j] * c[j] for j in ks) for i in ks]
    wj = [sum(w[i][j] * r[i] for i in ks) for j in ks]
    total = sum(p[i][j] * (w[i][j] * (1 - pe) - (wi[i] + wj[j]) * (1 - po)) ** 2 for i in ks for j in ks)
    variance = (total - (po * pe - 2 * pe + po) ** 2) / (n * (1 - pe) ** 4)
    return spread((po - pe) / (1 - pe), variance, n)


def ac(table, w):
    k, n = len(table), sum(map(sum, table))
    if n < 30:
        return figure(None, n)
    ks = range(k)
    p = [[table[i][j] / n for j in ks] for i in ks]
    q = [(sum(p[i]) + sum(p[j][i] for j in ks)) / 2 for i in ks]
    tw = sum(map(sum, w))
    po = sum(w[i][j] * p[i][j] for i in ks for j in ks)
    pe = tw / (k * (k - 1)) * sum(x * (1 - x) for x in q)
    value = (po - pe) / (1 - pe)
    total = sum(p[i][j] * (w[i][j] - 2 * (1 - value) * tw * (1 - (q[i] + q[j]) / 2) / (k * (k - 1))) ** 2
                for i in ks for j in ks)
    variance = (total - (po - 2 * (1 - value) * pe) ** 2) / (n * (1 - pe) ** 2)
    return spread(value, variance, n)


def alpha(table, metric):
    """By the matrix of coincidences. The variance: how much alpha changes with the weight of each question."""
    k, n = len(table), sum(map(sum, table))
    if n < 30:
        return figure(None, n)
    ks = range(k)
    total = [sum(table[i]) + sum(table[j][i] for j in ks) for i in ks]

    def apart(i, j):
        if metric == 'nominal':
            return float(i != j)
        if metric == 'interval':
            return float((i - j) ** 2)
        low, high = min(i, j), max(i, j)
        return float((sum(total[low:high + 1]) - (total[low] + total[high]) / 2) ** 2)

    d = [[apart(i, j) for j in ks] for i in ks]

    def plain(cells):
        all_ = sum(map(sum, cells))
        share = [(sum(cells[i]) + sum(cells[j][i] for j in ks)) / (2 * all_) for i in ks]
        expected = sum(share[i] * share[j] * d[i][j] for i in ks for j in ks)
        if expected <= 0:
            return None, None
        return sum(cells[i][j] * d[i][j] for i in ks for j in ks) / all_, expected

    do, de = plain(table)
    if de is None:
        return figure(None, n)
    value = 1 - do / (de * 2 * n / (2 * n - 1))
    variance, h = 0.0, 1e-4
    for i in ks:
        for j in ks:
            if not table[i][j]:
                continue
            ends = []
            for by in (h, -h):
                cells = [[float(x) for x in row] for row in table]
                cells[i][j] += by * n
                o, e = plain(cells)
                ends.append(1 - o / e)
            variance += table[i][j] * ((ends[0] - ends[1]) / (2 * h)) ** 2
    return spread(value, variance / n / (n - 1), n)


class Curve:
    """Kaplan and Meier's, in fractions."""

    def __init__(self, times):
        self.n, self.followed = len(times), max([t for t, _ in times], default=0)
        self.steps, s, total = [], Fraction(1), Fraction(0)
        for t in sorted({t for t, ended in times if ended}):
            there = sum(u >= t for u, _ in times)
            d = sum(u == t and ended for u, ended in times)
            s *= Fraction(there - d, there)
            low = high = None
            if s:
                total += Fraction(d, there * (there - d))
                v = math.sqrt(total) / -math.log(s)
                low, high = float(s) ** math.exp(Z * v), float(s) ** math.exp(-Z * v)
            self.steps.append((t, s, low, high, there, d))

    def at(self, t):
        reached = [one for one in self.steps if one[0] <= t]
        s, low, high = reached[-1][1:4] if reached else (Fraction(1), None, None)
        if not self.n or (t > self.followed and s):
            return figure(None, self.n)
        return figure(float(s), self.n, low, high)

    def median(self):
        half = Fraction(1, 2)
        for i, (t, s, *_) in enumerate(self.steps):
            if s <= half:
                if s == half and i + 1 < len(self.steps):
                    t = (t + self.steps[i + 1][0]) / 2
                ends = [next((one[0] for one in self.steps if one[1] == 0 or one[side] <= 0.5), None)
                        for side in (2, 3)]
                ends = [next((one[0] for one in self.steps if one[side] is not None and one[side] <= 0.5), None)
                        for side in (2, 3)]
                return figure(t, self.n, *ends)
        return figure(None, self.n)


# ---- lines of figures ----

def count_line(label, rows, table=None):
    return {'label': label, 'shape': 'count', 'count': len(rows) if not isinstance(rows, int) else rows,
            'table': table}


def share_line(label, rows, all_, table=None):
    count, of = (x if isinstance(x, int) else len(x) for x in (rows, all_))
    return {'label': label, 'shape': 'share', 'count': count, 'of': of, 'figure': wilson(count, of), 'table': table}


def value_line(label, f, lower=None, upper=None, table=None):
    return {'label': label, 'shape': 'value', 'figure': f, 'lower': lower, 'upper': upper, 'table': table}


def middle_line(label, values, table=None):
    return value_line(label, *quartiles(list(values)), table=table)


ENDINGS = [('The practitioner moved', 'practitioner_moved'), ('The service user moved', 'service_user_moved'),
           ('They met between', 'met_between'), ('A new answer', 'new_answer'), ('Both views stand', 'both_stand'),
           ('Agreed', 'agreed'), ('Something is to be found out', 'needs_information'),
           ('Somebody else is asked', 'referred'), ('Stopped', 'stopped'), ('Open', 'open')]


class Looked:
    """All rows under one filter, and what comes of them."""

    def __init__(self, everything, wanted):
        self.everything = everything
        self.rows = collections.defaultdict(list)
        for row in everything.rows:
            if self.fits(row, wanted):
                self.rows[row['table']].append(row)

    def fits(self, row, wanted):
        for key, value in wanted:
            if key == 'since' and not row['date'][:len(value)] >= value:
                return False
            if key == 'until' and not row['date'][:len(value)] <= value:
                return False
            if key == 'part' and 'part' in row and not (
                    row['part'] == value or row['part'] and row['source'].form.titles[row['part']] == value):
                return False
            if key in ('lead', 'form') and row[key].lower() != value.lower():
                return False
        return True

    def by(self, table, **wanted):
        return [row for row in self.rows[table] if all(row[k] == v for k, v in wanted.items())]

    def parts(self, table):
        """Name -> (title, rows): a part's title is that of most rows."""
        found = collections.defaultdict(list)
        for row in self.rows[table]:
            found[row['part']].append(row)
        for name, rows in found.items():
            titles = collections.Counter(r['source'].form.titles[name] for r in rows) if name else None
            yield name, titles.most_common(1)[0][0] if name else 'No part of the form', rows

    def scales(self):
        tables = {}
        for row in self.rows['compared']:
            if not row['counted']:
                continue
            q = row['question']
            key = (q.steps, '' if q.ordered else q.name)
            table = tables.setdefault(key, [[0] * q.steps for _ in range(q.steps)])
            table[row['steps'][0]][row['steps'][1]] += 1
        return tables

    # -- the figures, each by what its lines say --
    def differ(self):
        pairs = self.rows['compared']
        yield share_line('They see it differently at first', self.by('compared', differ=True), pairs)
        for name, title, rows in sorted(self.parts('compared'), key=lambda part: len(part[2])):
            yield dict(share_line(title, [r for r in rows if r['differ']], rows), under=name)

    def kinds(self):
        all_ = self.rows['disagreements']
        yield count_line('All that they see differently', all_)
        for label, kind in (('A score', 'score'), ('A fact', 'fact'), ('What something comes from', 'cause'),
                            ('What comes first', 'priority'), ('A goal', 'goal'), ('Safety', 'safety'),
                            ('The words for it', 'wording'), ('How they work together', 'process')):
            yield share_line(label, self.by('disagreements', kind=kind), all_)
        for label, by in (('Two answers that differ', 'alongside'), ('Raised by the practitioner', 'practitioner'),
                          ('Raised by the service user', 'service_user')):
            yield share_line(label, self.by('disagreements', by=by), all_)

    def gap(self):
        rows = [r for r in self.rows['disagreements'] if r['scaled']]
        closed = [r for r in rows if r['became']]
        yield middle_line('Before any talk', [r['gap'] for r in rows if r['gap'] is not None])
        yield middle_line('Of those that are closed: before', [r['gap'] for r in closed])
        yield middle_line('Of those that are closed: after', [r['gap_after'] for r in closed])
        for label, word in (('Nearer than before', 'narrowed'), ('As far apart as before', 'same'),
                            ('Farther apart than before', 'widened')):
            yield share_line(label, [r for r in closed if r['became'] == word], closed)

    def outcomes(self):
        all_ = self.rows['disagreements']
        yield count_line('All that they see differently', all_)
        for label, ended in ENDINGS:
            yield share_line(label, self.by('disagreements', ended=ended), all_)

    def parts_lines(self):
        for name, title, rows in self.parts('disagreements'):
            yield dict(count_line(title, rows), under=name)
            for label, ended in ENDINGS:
                some = [r for r in rows if r['ended'] == ended]
                if some or label.endswith(' moved'):
                    yield dict(share_line(label, some, rows), under=name)

    def moved(self):
        all_ = self.rows['disagreements']
        p, s = (self.by('disagreements', ended=f'{who}_moved') for who in PARTIES)
        yield share_line('Just one of the two moved', p + s, all_)
        yield share_line('The practitioner moved', p, p + s)
        yield share_line('The service user moved', s, p + s)
        yield value_line('How often a coin would come out as uneven (sign test)', sign_test(len(p), len(s)))
        shares = [r['share'] for r in all_ if r['share'] is not None]
        yield middle_line('Of the way that was moved: what the practitioner moved', shares)
        yield share_line('The practitioner moved all of it', shares.count(1), len(shares))
        yield share_line('Both moved', sum(0 < x < 1 for x in shares), len(shares))
        yield share_line('The service user moved all of it', shares.count(0), len(shares))

    def first(self):
        pairs = self.rows['compared']
        for words, who in (('practitioner', 'practitioner'), ('service user', 'service_user')):
            yield share_line(f'The {words} answered first', self.by('compared', first=who), pairs)
        one = [r for r in self.rows['disagreements'] if r['first_moved'] is not None]
        yield share_line('Just one of the two moved, and somebody answered first', one, self.rows['disagreements'])
        yes = [r for r in one if r['first_moved']]
        yield share_line('Who answered first moved', yes, one)
        yield share_line('Who answered second moved', len(one) - len(yes), one)
        for first in PARTIES:
            for moved in PARTIES:
                yield share_line('The {} first: the {} moved'.format(*(w.replace('_', ' ') for w in (first, moved))),
                                 [r for r in one if r['first'] == first and r['ended'] == moved + '_moved'], one)
        yield value_line('How often a coin would come out as uneven (sign test)',
                         sign_test(len(yes), len(one) - len(yes)))

    def reasons(self):
        for who in PARTIES:
            said = [r for r in self.rows['disagreements'] if r['reasons'][who]]
            yield count_line(f'The {who.replace("_", " ")} said why they changed an answer', said)
            for label, reason in (('Something new', 'new_fact'), ('The question was read another way', 'misread'),
                                  ('Another time was meant', 'time_frame'), ('Another measure', 'standard'),
                                  ('Changed their mind', 'changed_mind'), ('Gave way', 'gave_way'),
                                  ('Something else', 'other')):
                yield share_line(label, [r for r in said if reason in r['reasons'][who]], said)

    def heard(self):
        rows = self.rows['disagreements']
        for who in PARTIES:
            said = [r['heard_' + who[0]] for r in rows if r['heard_' + who[0]] is not None]
            yield middle_line(f'How far the {who.replace("_", " ")} felt heard', said)
            for step in (5, 4, 3, 2, 1):
                yield share_line(str(step), said.count(step), len(said))
        for who in PARTIES:
            words = who.replace('_', ' ')
            yield middle_line(f'The {words}, where the {words} moved',
                              [r['heard_' + who[0]] for r in rows
                               if r['ended'] == who + '_moved' and r['heard_' + who[0]] is not None])

    def minutes(self):
        rows = self.rows['disagreements']
        closed = [r for r in rows if r['closed']]
        yield middle_line('From found to closed, while they sat together', [r['minutes'] for r in closed])
        yield share_line('In less than a minute', [r for r in closed if r['seconds'] < 60], closed)
        yield middle_line('Days from found to closed', [r['days'] for r in closed])
        yield share_line('Opened again', [r for r in rows if r['reopened']], rows)

    def waiting(self):
        rows = self.rows['disagreements']
        for label, state in (('Something is to be found out', 'parked'), ('Somebody else is asked', 'referred')):
            some = self.by('disagreements', state=state)
            yield share_line(label, some, rows)
            yield middle_line('For how long now', [r['waits_days'] for r in some])
            yield share_line('Its day is over', [r for r in some if r['overdue']], some)
        asked = [r for r in rows if r['state'] == 'referred' or r['answered']]
        yield share_line('Somebody else is asked, or has answered', asked, rows)
        yield share_line('An answer has come', [r for r in asked if r['answered']], asked)

    def pen(self):
        rows = self.rows['disagreements']
        for label, pen in (('The practitioner had the keyboard first', 'practitioner'),
                           ('The service user had the keyboard first', 'service_user'), ('Each in turn', 'in_turns')):
            some = self.by('disagreements', pen=pen)
            yield share_line(label, some, rows)
            for who in PARTIES:
                yield share_line(f'The {who.replace("_", " ")} moved',
                                 [r for r in some if r['ended'] == who + '_moved'], some)
        yield share_line('Nobody said who', self.by('disagreements', pen=None), rows)

    def declined(self):
        rows = self.rows['records']
        some = {who: [r['declined_' + who[0]] for r in rows if r['declined_' + who[0]]] for who in PARTIES}
        for who in PARTIES:
            yield share_line(f'Records in which the {who.replace("_", " ")} gave no answer to some question',
                             some[who], rows, 'records')
        for who in PARTIES:
            yield middle_line(f'The {who.replace("_", " ")}, in each of those', some[who], 'records')

    def written(self):
        comments = self.by('remarks', kind='comment')
        for who in PARTIES:
            yield count_line(f'What the {who.replace("_", " ")} wrote beside it',
                             self.by('remarks', kind='statement', by=who))
        yield count_line('Comments by a supervisor', comments)
        yield share_line('Acknowledged', [r for r in comments if r['read']], comments)
        yield count_line('What a practitioner takes from it', self.by('remarks', kind='reflection'))
        yield count_line('What others can learn', self.by('remarks', kind='lesson'))
        yield count_line('Another took the lead', self.by('remarks', kind='handed_over'))

    def of_person(self, table):
        people = collections.defaultdict(list)
        for row in self.rows[table]:
            people[self.everything.person[row['source'].path]].append(row)
        return people.values()

    def sittings(self):
        rows = self.rows['sittings']
        yield count_line('Sittings', rows)
        months = collections.Counter(r['date'][:7] for r in rows)
        if months:
            number = lambda month: int(month[:4]) * 12 + int(month[5:]) - 1
            first, last = number(min(months)), number(max(months))
            shown = range(max(first, last - 23), last + 1)
            name = lambda m: f'{m // 12:04d}-{m % 12 + 1:02d}'
            if shown[0] > first:
                yield count_line('Before that', sum(months[name(m)] for m in range(first, shown[0])))
            for m in shown:
                yield count_line(name(m), months[name(m)])
        people = [sorted(p, key=lambda r: r['at']) for p in self.of_person('sittings')]
        yield middle_line('Sittings with one person', [len(p) for p in people])
        yield middle_line('From one to that person\'s next', [
            b['at'] // 86400 - a['at'] // 86400 for p in people for a, b in zip(p, p[1:])])
        yield middle_line('How long one took', [r['minutes'] for r in rows if r['minutes'] is not None])
        for who in PARTIES:
            yield middle_line(f'How it was for the {who.replace("_", " ")}',
                              [r['was_' + who[0]] for r in rows if r['was_' + who[0]] is not None])

    def attendance(self):
        sat, kinds = self.rows['sittings'], collections.defaultdict(list)
        for row in self.rows['happened']:
            kinds[row['kind']].append(row)
        missed, off, late = kinds['missed'], kinds['cancelled'], kinds['late']
        planned = len(sat) + len(missed) + len(off)
        whose = lambda rows, who: [r for r in rows if r['whose'] == who]
        names = [('The practitioner', 'practitioner'), ('The service user', 'service_user'), ('Somebody else', 'other')]
        yield share_line('Took place', len(sat), planned, 'sittings')
        yield share_line('Missed', len(missed), planned, 'happened')
        for label, who in names:
            yield share_line(label, whose(missed, who), missed, 'happened')
        for who in PARTIES:
            some = whose(missed, who)
            for label, words in (('For a good reason', ('acceptable',)), ('For no good reason', ('not_acceptable',)),
                                 ('Not known, or not said', ('not_known', None))):
                yield share_line(label, [r for r in some if r['absence'] in words], some, 'happened')
        yield share_line('Called off before', len(off), planned, 'happened')
        for label, who in names:
            yield share_line(label, whose(off, who), off, 'happened')
        yield count_line('Began late', late, 'happened')
        for label, who in names:
            yield share_line(label, whose(late, who), late, 'happened')
        yield middle_line('By how much', [r['minutes'] for r in late if r['minutes']], 'happened')
        yield count_line('Tries to get in touch', kinds['attempt'], 'happened')
        yield share_line('It got through', [r for r in kinds['attempt'] if r['reached'] == 'yes'], kinds['attempt'],
                         'happened')
        yield count_line('The work stopped', kinds['left'], 'happened')
        yield count_line('Came back', kinds['returned'], 'happened')

    def promises(self):
        for who in PARTIES:
            words = who.replace('_', ' ')
            rows = self.by('promises', by=who)
            yield count_line(f'The {words}\'s promises', rows)
            for teller in PARTIES:
                told = [r for r in rows if r['kept_' + teller[0]] is not None]
                name = teller.replace('_', ' ')
                yield share_line(f'Kept, as the {name} says', [r for r in told if r['kept_' + teller[0]]], told)
                yield share_line(f'The {name} says what became of it', told, rows)
            yield share_line('Kept, as both say', [r for r in rows if r['kept_p'] and r['kept_s']], rows)
            yield share_line('The day is over, and neither says it was kept', [r for r in rows if r['overdue']], rows)

    def times(self):
        """Days, and whether it ended by dropping out; of each person, one stretch after the other."""
        for rows in self.of_person('episodes'):
            ahead = sorted(rows, key=lambda r: (r['start'], r['end'] or r['source'].last))
            while ahead:
                first = ahead.pop(0)
                end, how = first['end'], first['how']
                seen = first['source'].last
                while ahead and (end is None or ahead[0]['start'] < end + 86400):
                    one = ahead.pop(0)
                    if end is None:
                        end, how = one['end'], one['how']
                        seen = max(seen, one['source'].last)
                till = seen if end is None else end
                yield max(0, till // 86400 - first['start'] // 86400), how in ('stopped_coming', 'withdrew')

    def drop_out(self):
        curve = Curve(list(self.times()))
        rows = self.rows['episodes']
        for days in (30, 90, 180, 365):
            yield value_line(f'Goes on after {days} days', curve.at(days), table='episodes')
        yield value_line('Half have dropped out after', curve.median(), table='episodes')
        for label, how in (('They stopped coming', 'stopped_coming'), ('They chose to leave', 'withdrew'),
                           ('It ended as planned', 'planned'), ('They moved away', 'moved'),
                           ('They were released', 'released')):
            yield share_line(label, [r for r in rows if r['how'] == how], rows, 'episodes')
        yield share_line('It ended in another way, or nobody said how',
                         [r for r in rows if r['end'] is not None and r['how'] in ('other', None)], rows, 'episodes')
        yield share_line('It goes on, as far as the record tells', [r for r in rows if r['end'] is None], rows,
                         'episodes')

    def practice(self):
        rows = self.rows['sittings']
        yield count_line('Sittings', rows)
        ticks = {}
        for label, skill in (('Gave the sitting a shape', 'structure'), ('Built trust', 'relationship'),
                             ('Was fair and open, and showed how', 'pro_social'),
                             ('Drew out their own reasons to change', 'motivation'),
                             ('Looked at how thinking leads to acting', 'cognitive'),
                             ('Fitted it to this person\'s needs', 'responsivity')):
            ticks[skill] = sum(skill in r['skills'] for r in rows)
            yield count_line(label, ticks[skill])
        for label, skills in (('Structuring sessions', ['structure']),
                              ('Pro-social modelling and motivational interviewing',
                               ['relationship', 'pro_social', 'motivation']),
                              ('Cognitive behavioural techniques', ['cognitive']),
                              ('Risk, need and responsivity', ['responsivity'])):
            yield {'label': label, 'shape': 'words',
                   'words': f'{sum(ticks[s] for s in skills)} of {len(rows) * len(skills)}'}

    def complete(self):
        rows, records = self.rows['sittings'], self.rows['records']
        yield count_line('Sittings', rows)
        for label, key in (('It was chosen what to talk about', 'agenda'),
                           ('What was done was looked at together', 'recap')):
            yield count_line(label, [r for r in rows if r[key]])
        for who in PARTIES:
            yield count_line(f'The {who.replace("_", " ")} said how it was',
                             [r for r in rows if r['was_' + who[0]] is not None])
        yield count_line('The day of the next one was agreed', [r for r in rows if r['next']])
        yield count_line('It was closed, and not only left', [r for r in rows if r['closed']])
        yield count_line('Records', records, 'records')
        yield count_line('Both have signed', [r for r in records if r['signed']], 'records')
        yield count_line('A supervisor has signed', [r for r in records if r['countersigned']], 'records')

    def agreement(self):
        for (steps, name), table in self.scales().items():
            n, ordered = sum(map(sum, table)), not name
            head = f'Scales of {steps} steps: what both answered' if ordered else f'A list of {steps}: '
            under = name or f'{steps}'
            yield dict(count_line(head, n), under=under)
            yield dict(share_line('The same answer', sum(table[i][i] for i in range(steps)), n), under=under)
            if not ordered:
                if n >= 30:
                    yield dict(value_line('Kappa', kappa(table, weights('none', steps))), under=under)
                    yield dict(value_line('AC1', ac(table, weights('none', steps))), under=under)
                continue
            for what, work in (('Kappa', kappa), ('AC2', ac)):
                for kind in ('linear', 'quadratic'):
                    yield dict(value_line(f'{what}, {kind} weights', work(table, weights(kind, steps))), under=under)
            for metric in ('ordinal', 'interval'):
                yield dict(value_line(f'Alpha, {metric}', alpha(table, metric)), under=under)
        yield count_line('Answers of another kind, which are not counted here',
                         [r for r in self.rows['compared'] if not r['counted']])

    # -- what only the report has --
    def out_people(self):
        seen = {self.everything.person[r['source'].path] for t in ('records', 'sittings') for r in self.rows[t]}
        yield count_line('People', len(seen), 'records')
        yield count_line('Assessments and reviews that were begun', self.rows['records'], 'records')
        yield count_line('Those that follow an earlier one', [r for r in self.rows['records'] if r['follows']],
                         'records')

    def out_time(self):
        rows = self.rows['sittings']
        yield count_line('Sittings', rows)
        for label, key in (('Closed together, and not only left', 'closed'),
                           ('With what matters most chosen first', 'agenda'),
                           ('With the day of the next one agreed', 'next')):
            yield share_line(label, [r for r in rows if r[key]], rows)
        yield count_line('Hours that they sat together, in whole hours', sum(r['minutes'] or 0 for r in rows) // 60)
        yield count_line('Copies that were taken away', sum(r['copies'] for r in rows))

    def out_answers(self):
        yield count_line('Questions that both answered', self.rows['compared'])
        yield count_line('Things that they saw differently', self.rows['disagreements'])
        yield count_line('Of these, talked over and closed', [r for r in self.rows['disagreements'] if r['closed']])

    def out_promised(self):
        rows = self.rows['promises']
        yield count_line('Promises', rows)
        for label, by in (('By the practitioner', 'practitioner'), ('By the service user', 'service_user')):
            yield share_line(label, self.by('promises', by=by), rows)

    def out_contact(self):
        kind = lambda what: self.by('happened', kind=what)
        yield count_line('Tries to get in touch', kind('attempt'), 'happened')
        yield share_line('That got through', [r for r in kind('attempt') if r['reached'] == 'yes'], kind('attempt'),
                         'happened')
        yield count_line('Referrals to another service', kind('referral'), 'happened')
        yield count_line('Milestones', kind('milestone'), 'happened')

    def out_supervision(self):
        comments = self.by('remarks', kind='comment')
        yield count_line('Comments by a supervisor', comments)
        yield share_line('Read by the practitioner', [r for r in comments if r['read']], comments)
        for label, kind in (('Signatures of a supervisor', 'countersigned'),
                            ('What a practitioner took from it', 'reflection'), ('Lessons for others', 'lesson'),
                            ('Times that another took the lead', 'handed_over')):
            yield count_line(label, self.by('remarks', kind=kind))

    def out_change(self):
        """Of each person and question: the first record's answers and the last's."""
        found, people = [], 0
        counted = {r['source'].path for r in self.rows['records']}
        by_person = collections.defaultdict(list)
        for row in self.rows['compared']:
            if row['question'].ordered and row['counted'] and '#' not in row['item'] and row[
                    'source'].path in counted:
                by_person[self.everything.person[row['source'].path]].append(row)
        for rows in by_person.values():
            asked, any_ = {}, False
            for row in sorted(rows, key=lambda r: (r['source'].begun, r['source'].depth)):
                q = row['question']
                first = asked.setdefault(q.name, [row, None])
                same = (q.steps, q.from_, q.step) == tuple(
                    getattr(first[0]['question'], k) for k in ('steps', 'from_', 'step'))
                if row is not first[0] and same and row['source'] is not first[0]['source']:
                    first[1], any_ = row, True
            found += [pair for pair in asked.values() if pair[1]]
            people += any_
        yield count_line('People with more than one record to look at', people, 'records')
        yield count_line('Questions that both answered first and last', len(found))
        for i, who in enumerate(PARTIES):
            by = [last['steps'][i] - first['steps'][i] for first, last in found]
            name = 'The ' + who.replace('_', ' ')
            yield share_line(f'{name}: higher', sum(x > 0 for x in by), len(by))
            yield share_line(f'{name}: as before', by.count(0), len(by))
            yield share_line(f'{name}: lower', sum(x < 0 for x in by), len(by))
            yield middle_line(f'{name}: the middle of all changes', by)


class Everything:
    def __init__(self, folders, program):
        self.records, self.broken, found = [], [], {}
        for path in sorted(p for folder in folders for p in glob.glob(os.path.join(folder, '*.jsonl'))):
            try:
                record = Record(path)
            except Broken:
                self.broken.append(path)
                continue
            other = found.get(record.id)
            if other:  # a copy: the one with more entries counts
                worse = record if len(record.events) <= len(other.events) else other
                self.broken.append(worse.path)
                record = other if worse is record else record
            found[record.id] = record
        self.records = list(found.values())
        today = datetime.datetime.now(datetime.timezone.utc).date().toordinal()
        # Who is one person: what follows what, and the same reference in one folder.
        person = {r.path: r.path for r in self.records}

        def root(path):
            while person[path] != path:
                path = person[path]
            return path

        named = {}
        for r in self.records:
            r.depth = 0
            if r.follows in found:
                person[root(r.path)] = root(found[r.follows].path)
            if r.ref:
                first = named.setdefault((os.path.dirname(r.path), r.ref), r)
                person[root(r.path)] = root(first.path)
        for r in self.records:
            at = r
            while at.follows in found and r.depth < len(found):
                at, r.depth = found[at.follows], r.depth + 1
        self.person = {path: root(path) for path in person}
        self.rows = []
        for r in self.records:
            export = {'sections': []}
            if r.standing('declined'):
                export = json.loads(subprocess.run([program, 'export', '--format', 'json', r.path], check=False,
                                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
            self.rows += [record_row(r, export), *dispute_rows(r, today), *pair_rows(r), *sitting_rows(r),
                          *promise_rows(r, today), *happened_rows(r), *episode_rows(r), *remark_rows(r)]


# ---- held against what the program says ----

FIGURES = ['differ', 'kinds', 'agreement', 'gap', 'outcomes', 'parts', 'moved', 'first', 'reasons', 'heard',
           'minutes', 'waiting', 'pen', 'declined', 'written', 'sittings', 'attendance', 'promises', 'drop_out',
           'practice', 'complete']


class Against:
    def __init__(self):
        self.compared, self.wrong, self.where = 0, [], ''

    def same(self, what, said, again, near=1e-9):
        self.compared += 1
        if isinstance(said, (int, float)) and isinstance(again, (int, float)):
            right = abs(said - again) <= near * max(1, abs(again))
        else:
            right = said == again
        if not right:
            self.wrong.append(f'{self.where} {what}: it says {said}, and it is {again}')

    def figure(self, what, said, again):
        for key in ('n', 'value', 'low', 'high'):
            self.same(f'{what} {key}', said[key], again[key], 1e-6 if key in ('low', 'high') else 1e-9)
        self.same(f'{what} why', said['why'] is None, again['value'] is not None)

    def line(self, what, said, again):
        for key in ('count', 'of'):
            if again['shape'] != 'value' and again['shape'] != 'words':
                self.same(f'{what} {key}', said[key], again.get(key))
        if again.get('figure'):
            self.figure(what, said['figure'], again['figure'])
        for key in ('lower', 'upper'):
            if again.get('figure') and again['shape'] == 'value':
                self.same(f'{what} {key}', said[key], again[key])
        if again['shape'] == 'words':
            self.same(f'{what} words', said['words'], again['words'])

    def lines(self, name, said, again):
        """Each line by its label and which one with that label it is. Lines of parts can come in another order:
        there each is looked for under its part."""
        def keyed(lines, under_of):
            seen, result = collections.Counter(), {}
            for one in lines:
                key = (under_of(one), one['label'])
                seen[key] += 1
                result[(*key, seen[key])] = one
            return result

        if name in ('differ', 'parts', 'agreement'):
            def under(one):
                """What the line's own filter says: the part, the scale's steps, or the list's question."""
                terms = dict(parse(one['filter'] or ''))
                if name == 'differ' and not one['indent']:
                    return None
                return terms.get('part', '') if name != 'agreement' else terms.get('question', terms.get('steps'))

            for one in said:
                if one['label'].startswith('A list of '):
                    one['label'] = one['label'].split(':')[0] + ': '
            mine = keyed(again, lambda one: one.get('under'))
        else:
            under = mine_under = lambda one: None
            mine = keyed(again, mine_under)
        theirs = keyed(said, under)
        self.same(f'{name}: its lines', sorted(map(str, theirs)), sorted(map(str, mine)))
        for key, one in mine.items():
            if key in theirs:
                self.line(f'{name}: {key[0] or ""} {key[1]}', theirs[key], one)

    def review(self, said, looked):
        rows = looked.rows
        self.guards(said['agreement'])
        self.guards(said['moved'])
        self.same('records', said['records'], len(looked.everything.records))
        self.same('broken', sorted(b['path'] for b in said['broken']), sorted(looked.everything.broken))
        self.same('compared', said['compared'], len(rows['compared']))
        self.same('differ', said['differ'], sum(r['differ'] for r in rows['compared']))
        ended = collections.Counter(r['ended'] for r in rows['disagreements'])
        for way, count in said['outcomes'].items():
            self.same(f'outcome {way}', count, ended[way])
        self.same('outcomes in all', sum(said['outcomes'].values()), sum(ended.values()))
        p, s = ended['practitioner_moved'], ended['service_user_moved']
        for key, count in (('practitioner', p), ('service_user', s), ('both', ended['met_between'])):
            self.same(f'moved {key}', said['moved'][key], count)
        self.figure('sign test', said['moved']['sign_test'], sign_test(p, s))
        self.same('disagreements', sorted((d['record'], d['id'], d['outcome']) for d in said['disagreements']),
                  sorted((r['record'], r['source'].name_of(r['dispute']), r['dispute'].outcome)
                         for r in rows['disagreements']))
        tables = {(steps, name): table for (steps, name), table in looked.scales().items()}
        scales = said['agreement']['scales']
        self.same('scales', sorted((x['steps'], x['question'] or '') for x in scales), sorted(tables))
        for scale in scales:
            table = tables.get((scale['steps'], scale['question'] or ''))
            if table:
                self.scale(scale, table)
        if scales:
            ordered = [x for x in scales if x['ordered']] or scales
            most = max(ordered, key=lambda x: x['pairs'])
            self.same('the scale that most are on', said['agreement']['pairs'], most['pairs'])

    def scale(self, said, table):
        k, n = len(table), sum(map(sum, table))
        what = f'scale {k} {said["question"] or ""}'
        w = weights('quadratic' if said['ordered'] else 'none', k)
        self.same(f'{what} pairs', said['pairs'], n)
        self.figure(f'{what} percent', said['percent'], wilson(sum(table[i][i] for i in range(k)), n))
        self.figure(f'{what} kappa', said['kappa'], kappa(table, w))
        self.figure(f'{what} ac2', said['ac2'], ac(table, w))
        self.figure(f'{what} alpha', said['alpha'], alpha(table, 'ordinal' if said['ordered'] else 'nominal'))

    def report(self, said, looked):
        # B24: each figure is in one part only, and none is made of others.
        names = [i['name'] for p in said['parts'] for i in p['items'] if i['kind'] == 'figure']
        self.same('each figure once', len(names), len(set(names)))
        words = json.dumps(said).lower()
        for word in ('overall', 'total score', 'composite', 'index of', 'rank', 'league', 'grade', 'rating'):
            self.same(f'report: {word}', word in words, False)
        items = {i['name']: i for p in said['parts'] for i in p['items'] if i['kind'] == 'figure'}
        work = {'people': looked.out_people, 'time': looked.out_time, 'answers': looked.out_answers,
                'promised': looked.out_promised, 'contact': looked.out_contact,
                'supervision': looked.out_supervision, 'first_to_last': looked.out_change}
        for name in FIGURES:
            work[name] = getattr(looked, 'parts_lines' if name == 'parts' else name)
        for name, item in items.items():
            if name not in work or name in ('parts', 'agreement'):
                continue
            seen = collections.Counter()
            again = {}
            for one in work[name]():
                seen[one['label']] += 1
                again[one['label'], seen[one['label']]] = one
            if name in self.ADD_UP:
                self.left_out(name, item['rows'], list(again.values()))
            seen.clear()
            for row in sorted(item['rows'], key=lambda r: r['of'] or 0) if name == 'differ' else item['rows']:
                seen[row['label']] += 1
                one = again.get((row['label'], seen[row['label']]))
                if one is None:
                    self.same(f'report {name}: {row["label"]}', 'there', 'not there')
                    continue
                self.row(f'report {name}: {row["label"]}', row, one)

    # Lines of a figure, by their number, that add up to what all of them are of.
    ADD_UP = {'attendance': [(0, 1, 11), (2, 3, 4), (5, 6, 7), (8, 9, 10), (12, 13, 14), (16, 17, 18)],
              'drop_out': [(5, 6, 7, 8, 9, 10, 11)]}

    def left_out(self, name, rows, lines):
        """What is left out cannot be worked out from what is not."""
        for group in self.ADD_UP.get(name, []):
            counts = [lines[i]['count'] for i in group]
            hidden = [n for n, i in zip(counts, group) if rows[i]['few']]
            if sum(counts) == lines[group[0]]['of'] and hidden and len(hidden) < len(group):
                self.same(f'report {name} {group}: what is left out is enough', len(hidden) > 1 and sum(hidden) >= 5,
                          True)
                for i in group:
                    if rows[i]['few']:
                        self.same(f'report {name} {i}: a part of what is left out', rows[i]['value'], None)
        for row, line in zip(rows, lines):
            if name == 'drop_out' and line['shape'] == 'value' and row['value'] is not None and row['unit'] != 'days':
                by = [round((1 - row['value']) * row['n'], 6), round(row['value'] * row['n'], 6)]
                self.same('report drop_out: nobody can be counted', min(by) >= 4.999, True)

    def guards(self, said):
        """Nothing is shown of so few, wherever it stands."""
        if isinstance(said, list):
            for one in said:
                self.guards(one)
        if isinstance(said, dict):
            for key, one in said.items():
                fewest = 30 if key in ('kappa', 'ac2', 'alpha') or said.get('label', '').split(',')[0].split(' ')[
                    0] in ('Kappa', 'AC1', 'AC2', 'Alpha') else 10
                if isinstance(one, dict) and 'n' in one and one.get('value') is not None:
                    self.same(f'{said.get("label", key)} of {one["n"]}', one['n'] >= fewest, True)
                self.guards(one)

    def row(self, what, row, one):
        people = one.get('table') in ('records', 'happened', 'episodes')
        of, count = one.get('of'), one.get('count')
        n = one['figure']['n'] if one['shape'] == 'value' else count
        few = people and one['shape'] != 'words' and (n is not None and n < 5 or one['shape'] == 'share' and of - count < 5)
        if few:
            self.same(f'{what} few', row['few'], True)
        if row['few']:
            for key in ('count', 'value', 'low', 'high'):
                self.same(f'{what} {key} is not shown', row[key], None)
            return
        if one['shape'] in ('count', 'share'):
            self.same(f'{what} count', row['count'], count)
            self.same(f'{what} words', row['words'].replace(',', '').split(' of ')[0], str(count))
        if one['shape'] == 'share':
            self.same(f'{what} of', row['of'], of)
        if one.get('figure'):
            for key in ('value', 'low', 'high', 'n'):
                self.same(f'{what} {key}', row[key], one['figure'][key], 1e-6)


def parse(text):
    """The filters that this program knows: key=value, since=, until=, and values in quotes."""
    wanted = []
    at = 0
    while at < len(text):
        key, _, rest = text[at:].partition('=')
        if rest.startswith('"'):
            value = rest[1:].partition('"')[0]
            length = len(value) + 2
        else:
            value = rest.partition(' ')[0]
            length = len(value)
        wanted.append((key.strip().rstrip('!'), value))
        at += len(key) + 1 + length
    return wanted


def private(everything, against, program, folders):
    """No name, reference, id or day of any record in any format of the report; of words, in which somebody may use
    a name that is also a word, none that stands in a voice or a lesson is looked for as a part of a word."""
    names, days = set(), set()
    for record in everything.records:
        names |= {record.id, record.ref, record.lead}
        for event in record.events:
            days.add(event['at'][:10])
            days |= {event[key] for key in ('on', 'by_when') if key in event}
            names |= {v for v in (event.get('people') or {}).values() if v} | {
                event[key] for key in ('name', 'to', 'from') if isinstance(event.get(key), str) and
                event['event'] in ('signed', 'countersigned', 'handed_over', 'commented', 'said', 'lesson')}
    names = {name for name in names if len(name) > 1}
    long_days = set()
    for text in days:
        day = datetime.date.fromisoformat(text)
        long_days |= {f'{day.day} {day:%B} {day.year}', f'{day:%B} {day.day}, {day.year}'}
    for kind in ('text', 'html', 'json'):
        said = subprocess.run([program, 'report', '--format', kind, *folders], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False).stdout.decode()
        against.same(f'{kind}: there is a report', len(said) > 1000, True)
        words = set(re.findall(r"[\w'-]+", said))
        for name in sorted(names):
            found = name in words if ' ' not in name else name in ' '.join(said.split())
            against.same(f'{kind}: “{name}”', found, False)
        for day in days | long_days:
            against.same(f'{kind}: {day}', day in said, False)


def main():
    program, filters, *folders = sys.argv[1:]
    everything = Everything(folders, program)
    against = Against()

    def ask(*words):
        said = subprocess.run([program, *words, '--format', 'json', *folders], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False).stdout
        return json.loads(said) if said else None

    if filters == 'private':
        private(everything, against, program, folders)
        filters = os.devnull
    with open(filters, encoding='utf-8') as file:
        wanted = file.read().split('\n')[:-1]
    for text in wanted:
        looked = Looked(everything, parse(text))
        filtered = ['--filter', text] if text else []
        against.where = f'[{text}]'
        against.review(ask('review', *filtered), looked)
        figures = {f['name']: f for f in ask('review', '--figures', *filtered)['figures']}
        against.same('figures', sorted(figures), sorted(FIGURES))
        against.guards(list(figures.values()))
        for name in FIGURES:
            again = list(getattr(looked, 'parts_lines' if name == 'parts' else name)())
            against.lines(name, figures[name]['lines'], again)
        terms = [f'{key}="{value}"' for key, value in parse(text) if key not in ('since', 'until')]
        report = ask('report', *[f'--{key}={value}' for key, value in parse(text) if key in ('since', 'until')],
                     *(['--filter', ' '.join(terms)] if terms else []))
        if report is None:  # who leads is not asked of a report
            against.same('there is no report', 'lead=' in text, True)
        else:
            against.report(report, looked)
    print(f'{against.compared} numbers compared over {len(everything.records)} records and {len(wanted)} filters, '
          f'{len(against.wrong)} of them differ')
    for one in against.wrong[:400]:
        print(one[:400])
    return bool(against.wrong)


if __name__ == '__main__':
    sys.exit(main())
