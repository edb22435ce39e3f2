import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered, and a shared machine may be slow at it.
configure({ asyncUtilTimeout: 5_000 });
jest.setTimeout(30_000);
