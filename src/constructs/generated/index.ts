// generated from the registry by scripts/generate.ts
export * from './api-key';
export * from './data-amplitude-group';
export * from './data-amplitude-project';
export * from './data-amplitude-role';
export * from './data-amplitude-user';
export * from './group';
export * from './group-membership';
export * from './idp-group';
export * from './leaver';
export * from './module-grant';
export * from './organization';
export * from './organization-role';
export * from './project';
export * from './project-role-assignment';
export * from './property-visibility';
export * from './provider';
export * from './user';
