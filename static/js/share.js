// Sharing asks nobody before a button is pressed. Without a Kakao key, KakaoTalk means: copy.
const KAKAO_SDK = "https://t1.kakaocdn.net/kakao_js_sdk/2.7.5/kakao.min.js";

function say(box, text) {
  const place = box.parentElement.querySelector("[data-share-said]");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

function textField(box) {
  return box.parentElement.querySelector("[data-share-text]");
}

async function copy(box, text, said) {
  try {
    await navigator.clipboard.writeText(text);
    say(box, said);
  } catch {
    const field = textField(box);
    field.hidden = false;
    field.value = text;
    field.select();
  }
}

function loadKakao(key) {
  return new Promise((resolve, reject) => {
    if (window.Kakao) return resolve();
    const script = document.createElement("script");
    script.src = KAKAO_SDK;
    script.onload = () => {
      window.Kakao.init(key);
      resolve();
    };
    script.onerror = reject;
    document.head.append(script);
  });
}

async function shareByKakao(box) {
  const { kakaoKey, url, title, text } = box.dataset;
  if (!kakaoKey) return copy(box, `${title}\n${url}`, box.dataset.saidPaste);
  try {
    await loadKakao(kakaoKey);
    const link = { mobileWebUrl: url, webUrl: url };
    window.Kakao.Share.sendDefault({ objectType: "text", text: `${title}\n${text}`, link });
  } catch {
    await copy(box, `${title}\n${url}`, box.dataset.saidPaste);
  }
}

export function makeShareButtons() {
  const box = document.querySelector("[data-share]");
  if (!box) return;
  const { url, title, text } = box.dataset;
  textField(box).hidden = true;
  const actions = {
    kakao: () => shareByKakao(box),
    copy: () => copy(box, url, box.dataset.saidCopied),
    native: () => navigator.share({ url, title, text }).catch(() => {}),
  };
  for (const button of box.querySelectorAll("[data-share-by]")) {
    const by = button.dataset.shareBy;
    button.closest("li").hidden = by === "native" && !navigator.share;
    button.addEventListener("click", actions[by]);
  }
}
