export { useSuggestions, type SuggestionsState } from './useSuggestions';
export { SuggestionButton } from './SuggestionButton';
export { SuggestionList } from './SuggestionList';
export { SuggestedRunbooks } from './SuggestedRunbooks';
export { SuggestedRunbookButton } from './SuggestedRunbookButton';
