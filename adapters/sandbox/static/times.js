// Times are told in UTC and, where it differs, in the reader's own zone (rule T5).

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const local = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const zoned = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const long = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
const short = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" };

export const clockOf = (at) => `${new Date(at).toISOString().slice(11, 16)} UTC`;
export const dayOf = (at) => new Date(at).toLocaleDateString("en-GB", long);
export const shortDay = (at) => new Date(at).toLocaleDateString("en-GB", short);

// "14:31 UTC", with its day where that is another than today.
export const stampOf = (at, now) => (new Date(at).toISOString().slice(0, 10) === now.toISOString().slice(0, 10) ? "" : `${shortDay(at)} `) + clockOf(at);

// "06:00 GMT-8", with the weekday where it is another day than in UTC; "" for a reader in UTC.
export function here(at) {
  const when = new Date(at);
  if (when.getTimezoneOffset() === 0) return "";
  const other = when.getDate() !== when.getUTCDate();
  return `${other ? `${weekday.format(when)} ` : ""}${zoned.format(when)}`;
}

const UTC = /(?:(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (\d{4}))? )?\b(\d{2}):(\d{2}) UTC\b(?: \((\d{2}:\d{2}) [^)]*\))?/g;

// Each UTC time of a sentence as [from, to, instant, addition]; no addition where the sentence already tells the reader's hour.
export function timesIn(text, base) {
  return [...text.matchAll(UTC)].map((found) => {
    const [whole, day, month, year, hour, minute, told] = found;
    const at = new Date(base);
    if (day) at.setUTCFullYear(year ? Number(year) : nearestYear(at, MONTHS.indexOf(month)), MONTHS.indexOf(month), Number(day));
    at.setUTCHours(Number(hour), Number(minute), 0, 0);
    const needed = at.getTimezoneOffset() !== 0 && told !== local.format(at);
    return [found.index, found.index + whole.length, at, needed ? here(at) : ""];
  });
}

function nearestYear(base, month) {
  const distance = month - base.getUTCMonth();
  return base.getUTCFullYear() + (distance < -6 ? 1 : distance > 6 ? -1 : 0);
}

// T−36:37:12, T+00:12:03: how far an instant is from now, in the words of a countdown.
export function countdown(to, now) {
  const seconds = Math.round((now.getTime() - new Date(to).getTime()) / 1000);
  const [sign, all] = [seconds < 0 ? "−" : "+", Math.abs(seconds)];
  const [days, hours, minutes, rest] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60, all % 60];
  const two = (n) => String(n).padStart(2, "0");
  return `T${sign}${days ? `${days} d ` : ""}${two(hours)}:${two(minutes)}:${two(rest)}`;
}

// "in 36 h 37 min", "in 4 min 10 s"
export function inWords(to, now) {
  const all = Math.max(0, Math.round((new Date(to).getTime() - now.getTime()) / 1000));
  const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
  if (days) return `in ${days} d ${hours} h`;
  if (hours) return `in ${hours} h ${minutes} min`;
  return minutes ? `in ${minutes} min ${all % 60} s` : `in ${all} s`;
}
