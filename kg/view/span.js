"use strict";

/** Dates and periods: ISO texts of any precision, compared as texts, counted as days. */
const Span = (() => {
  const DAY = 86400000;
  const MONTHS = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /** Return a date to read: "27 Mar 2019", "Mar 2019", "2019", or the text as it is. */
  function day(iso) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso || "");
    if (!found) return iso || "";
    return [found[3] && String(Number(found[3])), found[2] && MONTHS[Number(found[2])], found[1]].filter(Boolean).join(" ");
  }

  /** Return a period to read, "" where nothing is known of it. */
  function period(begin, end) {
    if (begin && end) return begin === end ? day(begin) : `${day(begin)} – ${day(end)}`;
    if (begin) return `since ${day(begin)}`;
    return end ? `until ${day(end)}` : "";
  }

  /** Return the days from 1 January 1970 to a date, the first or the last that it may mean; null for none. */
  function number(iso, last = false) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso || "");
    if (!found) return null;
    const year = Number(found[1]);
    const month = found[2] ? Number(found[2]) - 1 : last ? 11 : 0;
    const date = new Date(Date.UTC(year, month, 1));
    date.setUTCFullYear(year, last && !found[3] ? month + 1 : month, found[3] ? Number(found[3]) : last ? 0 : 1);
    return Math.round(date.getTime() / DAY);
  }

  /** Return the ISO day of a number of days. */
  const iso = (days) => new Date(days * DAY).toISOString().slice(0, 10);

  /** Whether a period, open where empty, touches another; "~" sorts after every digit of a shorter date. */
  const meets = ([begin, end], from, to) => !(to && begin && begin > `${to}~`) && !(from && end && `${end}~` < from);

  /** Return the periods of a part of a line as [begin, end]; none where it has no date. */
  function of(part) {
    if (part.periods) return part.periods;
    if (Record.lasting.has(part.relation)) {
      const begin = part.begin || part.earliest || "";
      return begin || part.end ? [[begin, part.end || ""]] : [];
    }
    const begin = part.earliest || part.begin || "";
    const end = part.latest || part.end || begin;
    return begin || end ? [[begin || end, end]] : [];
  }

  return { day, period, number, iso, meets, of };
})();
