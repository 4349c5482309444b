/**
 * What the scripts of a page share: the one global name, its parts, and the data block of the page
 * (geo_lv/maps/payload.py writes it). Only for the type check; nothing of it reaches a page.
 * `Area`, `Cell`, `Indicator` and `State` stand in core.js.
 */

interface Site {
  approximate: boolean;
  at: [number, number];
  corporation: string;
  dx: number;
  dy: number;
  kind: "number" | "nnb" | "percentage";
  mid: string;
  name: string;
  period: string;
  place: string;
  programme: string;
  radius: number;
  status: string;
  target_group: string;
}

interface Phasing {
  by_year: Record<string, Record<string, PhaseOfYear>>;
  end: number;
  start: number;
  year: number;
}

/** Class of a phase, and the number of its sentence in `texts`. */
type PhaseOfYear = [look: string, sentence: number];

/** The data of the page as core.js hands it on: lists became things that can be looked up. */
interface PageData {
  areas: Record<string, Area>;
  attention: { codes: string[]; text: string }[];
  frame: { north: number; unit: number; west: number };
  indicators: Indicator[];
  outlines: { current: boolean; name: string; slug: string }[];
  phasing: Phasing | null;
  reasons: string[];
  sites: Site[];
  texts: string[];
}

/** Text, class (below zero a reason), difference, note, signal and its words. */
type RawCell = [string, number | null, string?, number?, string?, number?];

/** The data block as it stands in the page. */
type RawData = Omit<PageData, "areas" | "indicators"> & {
  areas: Record<string, [code: string, name: string][]>;
  indicators: Record<string, any[]>;
};

/** A shape of the drawing and its copy on the map. */
interface Twin {
  use: SVGUseElement;
  layer: L.Polyline<any>;
  element: SVGElement;
  kind: string;
  code: string;
  slug: string;
  level: string;
}

/** An HTML or SVG element that can have the focus. */
type Focusable = GlobalEventHandlers & Element & HTMLOrSVGElement;

/** Of an SVG element of the saved picture. */
type Attributes = Record<string, string>;

/** Left, top and size in the saved picture. */
type Spot = number[];

/** `L.GeoJSON.latLngsToCoords`, with the number of decimals that the types of Leaflet leave out. */
type ToCoordinates = (places: L.LatLng[], depth: number, closed: boolean, decimals: number) => number[][];

interface Walk {
  add(element: Focusable): void;
  reset(): void;
}

interface GeoLv {
  data: PageData;
  map: L.Map;
  state: State;
  /** The parts that a script asks for by id are in every page that it starts on. */
  byId(id: string): HTMLElement;
  make(tag: string, className: string, ...content: (string | Node)[]): HTMLElement;
  set(changes: Partial<State>): void;
  listen(listener: (state: State) => void): void;
  indicator(): Indicator | undefined;
  figure(chosen: Indicator, cell: Cell): string;
  withUnit(text: string, unit: string): string;
  words(list: string): string[];
  pinned(): string[];
  titleOf(chosen: Indicator): string;
  message(text: string): void;
  start(map: L.Map, basemap: L.TileLayer | null): void;
  roving(
    visible: () => Focusable[],
    act: { enter(element: Focusable): void; leave(): void },
  ): Walk;
  shapes: {
    outline(use: SVGUseElement): string;
    place(point: [number, number]): L.LatLng;
    places(path: string): L.LatLng[][];
  };
  card: {
    start(): void;
    show(next: { code?: string; site?: Site }): void;
    reveal(): void;
    say(text: string): void;
  };
  areas: {
    start(): void;
    twins: Twin[];
    rest(): void;
    goTo(code: string): void;
    pin(code: string): void;
    line(className: string): L.Polyline;
    areaTwin(code: string): Twin;
    bringIntoView(place: L.LatLng): void;
    places(each: Twin): L.LatLng[][];
    seen(): Twin[];
  };
  homes?: { start(): void };
  picture: { svg(): Blob; png(): Promise<Blob | null> };
  address: { start(): void; link(): string; write(state: State): string };
  compare: { start(): void };
  find: { start(): void };
  present: { start(): void };
  tools: { start(): void; wire(id: string, act: () => void): void };
  signals: { start(): void };
  sites: { start(): void };
  chooser: { start(): void };
  phasing: { start(): void; has(year: string): boolean };
  switches: { start(basemap: L.TileLayer | null): void; names(): string[] };
}

interface Window {
  geoLv: GeoLv;
}
