// Photos, recordings and the place. A photo is drawn anew before it leaves the phone: smaller, and without the place,
// time and device that cameras write into it.

const LONGEST_SIDE = 1600; // pixels
const MOST_BYTES = 12 * 1024 * 1024;

/** The file to send, or null if it is too big. */
export async function prepared(file) {
  const made = file.type.startsWith("image/") ? await redrawn(file) : file;
  return made.size > MOST_BYTES ? null : made;
}

function redrawn(file) {
  return new Promise((done) => {
    const picture = new Image();
    const link = URL.createObjectURL(file);
    const give = (made) => {
      URL.revokeObjectURL(link);
      done(made || file);
    };
    picture.onerror = () => give(null); // a kind this browser cannot draw; the server cleans it
    picture.onload = () => {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(give, "image/jpeg", 0.8);
    };
    picture.src = link;
  });
}

/** Where the phone is: {lat, lon}. Rejects when it cannot or may not tell. */
export function here() {
  return new Promise((done, failed) => {
    if (!navigator.geolocation) return failed();
    const found = (spot) => done({ lat: spot.coords.latitude, lon: spot.coords.longitude });
    return navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15000, enableHighAccuracy: true });
  });
}
