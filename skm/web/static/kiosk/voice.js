/* Reads a screen aloud: the office's own recording if there is one, else the device's voice for
   the language; where there is neither the button is hidden. */
const voice = (function () {
  let sound = null, button = null;

  function deviceVoice(language) {
    if (!window.speechSynthesis) return null;
    const names = language === "id" ? ["id", "in"] : [language]; // Android's old name is "in"
    return speechSynthesis.getVoices().find(function (each) {
      return names.includes(each.lang.slice(0, 2).toLowerCase());
    }) || null;
  }

  function canSpeak(screen, language) {
    return Boolean(screen && (screen.dataset.clip || deviceVoice(language)));
  }

  function speak(screen, language, toggled) {
    stop();
    button = toggled;
    button.setAttribute("aria-pressed", "true");
    button.textContent = button.dataset.stop;
    if (screen.dataset.clip) play(screen, language);
    else read(screen, language);
  }

  function play(screen, language) {
    const audio = new Audio(screen.dataset.clip);
    sound = audio;
    audio.onended = stop;
    audio.onerror = function () {
      if (sound !== audio) return;
      sound = null;
      if (deviceVoice(language)) read(screen, language);
      else stop();
    };
    audio.play().catch(audio.onerror);
  }

  function read(screen, language) {
    const device = deviceVoice(language);
    const parts = Array.from(screen.querySelectorAll("h1, h2, .help, .lead, .notice li, button.answer"));
    let left = parts.length;
    parts.forEach(function (part) {
      const words = new SpeechSynthesisUtterance(part.textContent.trim());
      words.voice = device;
      words.lang = device.lang;
      words.rate = 0.9;
      words.onstart = function () { part.classList.add("spoken"); };
      words.onend = words.onerror = function () {
        part.classList.remove("spoken");
        left -= 1;
        if (left === 0) stop();
      };
      speechSynthesis.speak(words);
    });
  }

  function stop() {
    if (!button) return;
    if (sound) {
      sound.onended = sound.onerror = null;
      sound.pause();
      sound.removeAttribute("src");
      sound = null;
    }
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.querySelectorAll(".spoken").forEach(function (part) {
      part.classList.remove("spoken");
    });
    button.setAttribute("aria-pressed", "false");
    button.textContent = button.dataset.listen;
    button = null;
  }

  return {
    canSpeak, speak, stop,
    isSpeaking: function () { return button !== null; },
    whenVoicesCome: function (listener) {
      if (window.speechSynthesis) speechSynthesis.onvoiceschanged = listener;
    },
  };
})();
