import tseslint from "typescript-eslint";

const stdoutCarriesResults =
  "stdout carries results and, one day, the plugin handshake: print through cli/terminal.ts.";

export default tseslint.config(
  {
    ignores: [
      "lib/**",
      "cdktn/**",
      "cdktf.out/**",
      "coverage/**",
      "src/**/generated/**",
      "**/*.mjs",
      "**/*.cjs",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A floating promise is a half-applied plan.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // Numbers and booleans in messages are what messages are for.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // `field: undefined` and an absent field mean the same here.
      "@typescript-eslint/no-confusing-void-expression": "off",
      // A file that needs more decides and does at once.
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      // Taking fields out by naming them is how a rest is made.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreRestSiblings: true, varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
      ],
      // Both compare whole types at every assignment and are half of what linting costs. The compiler lets nothing pass for a class with private
      // fields, and enums are used where constructs are: there the rule is on.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name='process'][property.name='stdout']",
          message: stdoutCarriesResults,
        },
      ],
    },
  },
  {
    files: ["src/constructs/**", "stacks/**"],
    rules: { "@typescript-eslint/no-unsafe-enum-assignment": "error" },
  },
  {
    files: ["src/cli/terminal.ts", "src/emulator/main.ts", "scripts/**"],
    rules: { "no-restricted-syntax": "off", "no-console": "off" },
  },
  {
    files: ["test/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-restricted-syntax": "off" },
  },
);
