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

/** A figure of the page of the country as it stands in its data block (country/payload.py). */
interface RawCountryIndicator {
  /** Buurten for each reason. */
  absent: number[];
  after: string;
  before: string;
  /** In whole numbers of the last decimal. */
  breaks: number[];
  classes: string[];
  counts: number[];
  decimals: number;
  /** Euros in one of the unit; 0 when it is no money. */
  euros: number;
  /** Number of a column, as all such below. */
  figures: number;
  id: string;
  label: string;
  /** Class per municipality, below zero -1 - a reason. */
  looks: number[];
  low: number;
  source: string;
  title: string;
  year: string;
}

interface CountryIndicator extends RawCountryIndicator {
  /** Class per buurt, below zero -1 - a reason. */
  readonly kinds: Int8Array;
  /** In whole numbers of the last decimal. */
  readonly values: Float64Array;
}

interface CountryGemeente {
  code: string;
  name: string;
  href: string;
  problem: string;
}

interface RawCountryShapes {
  arcs: number;
  per_area: number;
  references: number;
  rings: number;
  x: number;
  y: number;
}

/** Where the grid of the borders lies: Web Mercator metres, and places on the grid. */
interface CountryFrame {
  height: number;
  north: number;
  unit: number;
  west: number;
  width: number;
}

interface RawCountry {
  /** Of the names base64 of gzip of JSON. */
  areas: { codes: number; gemeenten: number; names: string };
  /** Base64 of deflate, and how many bytes of it each column has. */
  columns: { bytes: string; lengths: number[] };
  frame: CountryFrame;
  gemeenten: [code: string, name: string, href: string, problem: string][];
  indicators: RawCountryIndicator[];
  reasons: string[];
  shapes: RawCountryShapes;
}

/** Codes of what is chosen, empty for nothing. */
interface CountryState {
  indicator: string;
  gemeente: string;
  area: string;
}

/** Pixels per unit of the grid, and where its corner is. */
interface CountryView {
  scale: number;
  x: number;
  y: number;
}

type CountryListener = (now: CountryState, before: CountryState) => void;

/** The parts of the page of the country; a buurt is known by its place among the codes. */
interface Country {
  areas: { codes: Int32Array; gemeenten: Int32Array; names: string[] };
  frame: CountryFrame;
  gemeenten: CountryGemeente[];
  indicators: CountryIndicator[];
  reasons: string[];
  /** The buurt that is pointed at, or -1. */
  pointed: number;
  state: CountryState;
  read(): Promise<void>;
  unpack(column: number): Float64Array;
  walk(column: number): Int32Array;
  digits(size: number, decimals: number): string;
  text(item: CountryIndicator, n: number): string;
  figure(item: CountryIndicator, n: number): string;
  codeOf(n: number): string;
  placeOf(code: string): number;
  gemeenteOf(n: number): CountryGemeente;
  plain(words: string): string;
  set(changes: Partial<CountryState>): void;
  listen(listener: CountryListener): void;
  join(listener: CountryListener): void;
  indicator(): CountryIndicator | undefined;
  startState(): void;
  goTo(changes: Partial<CountryState>): void;
  look(): void;
  shapes: {
    read(raw: RawCountryShapes): void;
    within(view: ArrayLike<number>): number[];
    sides(): Int32Array;
    arcsAt(fine: number): { points: Int32Array; starts: Float64Array };
    level(scale: number): number;
    path(n: number, fine: number): Path2D;
    gemeenteLines(fine: number, view: ArrayLike<number>): Path2D;
    gemeenteLine(place: number, fine: number, view: ArrayLike<number>): Path2D;
    at(x: number, y: number): number;
    centre(n: number): { x: number; y: number };
    towards(n: number, dx: number, dy: number): number;
    has(n: number): boolean;
    boxOf(several: Iterable<number>): Float64Array;
  };
  raster: { paint(brush: CanvasRenderingContext2D, view: CountryView, tiles: HTMLCanvasElement[]): void };
  layer: {
    start(): void;
    areaAt(point: L.LatLng): number;
    place(x: number, y: number): L.LatLng;
    show(several: Iterable<number>, around: number): void;
    reveal(n: number): void;
    whole(): void;
    mark(): void;
  };
  card: { start(): void; say(n: number, more?: string): void; point(n: number): void };
  keys: { start(): void };
  find: { start(): void };
  table: { start(): void; showFound(wanted: string, several: number[]): void };
}

interface GeoLv {
  /** Only on the page of the country. */
  country: Country;
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
  number(written: string): number | null;
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
    line(className: string): L.Polygon;
    raise(): void;
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
  tools: { start(): void; wire(id: string, act: () => void): void };
  signals: { start(): void };
  sites: { start(): void };
  chooser: { start(): void };
  phasing: { start(): void; has(year: string): boolean };
  switches: { start(basemap: L.TileLayer | null): void; names(): string[] };
}

interface Window {
  geoLv: GeoLv;
  /** Of area layers, which stand on maps that are not ours. */
  geoLvAreaLayer: (id: string) => L.Layer;
  geoLvAreaPanel: {
    OPACITY: number;
    fillOf: (id: string, measure: ShownMeasure, bin: number) => string;
    make: <K extends keyof HTMLElementTagNameMap>(
      tag: K, className?: string, text?: string) => HTMLElementTagNameMap[K];
    panel: (id: string, data: LayerData, choose: (n: number) => void) => LayerPanel;
  };
}

/** The data of an area layer (geo_lv/maps/area_layer/payload.py writes it). */
interface LayerData {
  areas: ShownArea[];
  measures: ShownMeasure[];
  reasons: string[];
  title: string;
}

interface ShownArea {
  code: string;
  name: string;
  polygons: number[][][];
}

interface ShownMeasure {
  bins: number[];
  classes: string[];
  label: string;
  note: string;
  source: string;
  texts: string[];
}

interface LayerPanel {
  details: HTMLDetailsElement;
  element: HTMLElement;
  fill: (measure: ShownMeasure) => void;
  status: HTMLElement;
}
