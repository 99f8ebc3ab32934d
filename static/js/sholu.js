/* Enhancements. Every page is complete without them; each module looks for its own markup and leaves when there is none. */
import "./copy.js";
import "./filters.js";
