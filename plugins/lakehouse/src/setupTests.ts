import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages with charts are rendered, and a shared machine may be slow at it.
configure({ asyncUtilTimeout: 8_000 });
jest.setTimeout(40_000);
