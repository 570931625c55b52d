/** In the provider's bundle in the place of form-data, which axios loads to send files. Nothing here does, and its table of media types is 140 KB. */
module.exports = class FormData {};
