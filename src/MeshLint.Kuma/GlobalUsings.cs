global using System.Collections.Immutable;
global using MeshLint.Kuma.Go;
global using MeshLint.Kuma.Identity;
global using MeshLint.Kuma.Meshes;
global using MeshLint.Kuma.Resources;
global using MeshLint.Kuma.Versions;
global using MeshLint.Yaml;
