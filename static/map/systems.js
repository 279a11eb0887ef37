// Map tiles in the three systems of China's maps, under positions that are always GCJ-02.
// The same algorithm as communities/coordinates.py, which is the one that is tested against others.

const AXIS = 6378245;
const ECCENTRICITY = 0.00669342162296594323;
const BD_WAVE = (Math.PI * 3000) / 180;
const { sin, cos, sqrt, abs, PI } = Math;

function waves(value, ...pairs) {
  return (pairs.reduce((sum, [height, half]) => sum + height * sin((value * PI) / half), 0) * 2) / 3;
}

/** Return where a Chinese map shows a WGS-84 position inside China. */
export function gcj02FromWgs84({ lat, lng }) {
  const x = lng - 105;
  const y = lat - 35;
  const fine = waves(x, [20, 1 / 6], [20, 0.5]);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + fine
    + waves(x, [20, 1], [40, 3], [150, 12], [300, 30]);
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + fine
    + waves(y, [20, 1], [40, 3], [160, 12], [320, 30]);
  const radians = (lat * PI) / 180;
  const flat = 1 - ECCENTRICITY * sin(radians) ** 2;
  return {
    lat: lat + north / ((((AXIS * (1 - ECCENTRICITY)) / flat ** 1.5) * PI) / 180),
    lng: lng + east / (((AXIS / sqrt(flat)) * cos(radians) * PI) / 180),
  };
}

export function bd09FromGcj02({ lat, lng }) {
  const radius = Math.hypot(lng, lat) + 0.00002 * sin(lat * BD_WAVE);
  const angle = Math.atan2(lat, lng) + 0.000003 * cos(lng * BD_WAVE);
  return { lng: radius * cos(angle) + 0.0065, lat: radius * sin(angle) + 0.006 };
}

export function gcj02FromBd09({ lat, lng }) {
  const x = lng - 0.0065;
  const y = lat - 0.006;
  const radius = Math.hypot(x, y) - 0.00002 * sin(y * BD_WAVE);
  const angle = Math.atan2(y, x) - 0.000003 * cos(x * BD_WAVE);
  return { lng: radius * cos(angle), lat: radius * sin(angle) };
}

/**
 * Put the picture of WGS-84 tiles where it belongs on a GCJ-02 map: by the shift that holds there,
 * reckoned forward (it changes by centimetres over a street, so this is right to a metre or two).
 */
function shiftedBack({ lat, lng }) {
  const there = gcj02FromWgs84({ lat, lng });
  return { lat: 2 * lat - there.lat, lng: 2 * lng - there.lng };
}

function seenThrough(L, projection, there, back) {
  return {
    ...projection,
    project: (place) => projection.project(L.latLng(there(place))),
    unproject: (point) => L.latLng(back(projection.unproject(point))),
  };
}

/** Return Leaflet's reference system for tiles of a system, taking and giving GCJ-02. */
export function systemOf(L, name) {
  if (name === "wgs84") {
    const projection = seenThrough(L, L.Projection.SphericalMercator, shiftedBack, gcj02FromWgs84);
    return { ...L.CRS.EPSG3857, projection };
  }
  if (name === "bd09") {
    // Baidu counts tiles from where equator and Greenwich meet; at zoom 18 a pixel is a metre.
    const ellipse = { ...L.Projection.Mercator, R: 6378206, R_MINOR: 6356584.314245179 };
    return {
      ...L.CRS.Earth,
      code: "BD09",
      projection: seenThrough(L, ellipse, bd09FromGcj02, gcj02FromBd09),
      transformation: L.transformation(1, 0, -1, 0),
      scale: (zoom) => 2 ** (zoom - 18),
      zoom: (scale) => Math.log2(scale) + 18,
      infinite: true,
      wrapLng: undefined,
    };
  }
  return L.CRS.EPSG3857;
}

/** Return the layer of tiles that a map's element asks for, or null where it asks for none. */
export function tilesOf(L, { tiles, subdomains, attribution, system }) {
  if (!tiles) return null;
  const layer = L.tileLayer(tiles, {
    subdomains: (subdomains ?? "a,b,c").split(","),
    attribution: attribution ?? "",
    minZoom: 4,
    maxZoom: 18,
    referrerPolicy: "no-referrer",
  });
  if (system === "bd09") {
    // Rows run north from the equator there.
    const upwards = layer.getTileUrl;
    layer.getTileUrl = (at) => upwards.call(layer, Object.assign(L.point(at.x, -1 - at.y), { z: at.z }));
  }
  return layer;
}
