/** A house standing on water. */
export const LogoIcon = () => (
  <svg
    width="28"
    height="28"
    viewBox="0 0 28 28"
    fill="none"
    stroke="#7df3e1"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    style={{ flexShrink: 0 }}
    aria-hidden="true"
  >
    <path d="M4 13 14 5l10 8" />
    <path d="M7 12v5M21 12v5M12 17v-4h4v4" />
    <path d="M3 20c2 0 2-1.5 4-1.5S9 20 11 20s2-1.5 4-1.5 2 1.5 4 1.5 2-1.5 4-1.5 2 1.5 3 1.5" />
    <path d="M5 24c2 0 2-1.5 4-1.5s2 1.5 4 1.5 2-1.5 4-1.5 2 1.5 4 1.5" />
  </svg>
);
