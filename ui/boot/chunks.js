// Fetches the application's chunks. What several pages share is cut into hundreds of small ones, which come in one file:
// so many requests would take longer than their bytes.
const PACK = new URL("./chunks.bin", import.meta.url);
const PACKED = /\/(chunk_\d+)\.wasm$/;

let pack;

/** As `fetch`: the split pages load every chunk by it. */
export async function fetchChunk(url) {
  const name = PACKED.exec(url.pathname)?.[1];
  if (!name) return fetch(url);
  const { places, bytes } = await (pack ??= fetchPack());
  const [start, end] = places[name];
  return new Response(bytes.subarray(start, end), { headers: { "content-type": "application/wasm" } });
}

// A JSON object of where each chunk is, a line feed, the chunks.
async function fetchPack() {
  try {
    const response = await fetch(PACK);
    if (!response.ok) throw new Error(`${PACK} answers ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const end = bytes.indexOf(10);
    return { places: JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))), bytes: bytes.subarray(end + 1) };
  } catch (error) {
    // The next page to ask tries again.
    pack = undefined;
    throw error;
  }
}
