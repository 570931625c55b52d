/**
 * The generator's library asks a terraform binary for its version as soon as it is loaded, and reports to its makers what it thinks of
 * the answer. Generating needs neither. Imported for its effect, before the library.
 */
process.env["CHECKPOINT_DISABLE"] = "1";
process.env["TERRAFORM_BINARY_NAME"] = "true";
