global using System.Collections.Immutable;
global using MeshLint.Kuma.Identity;
global using MeshLint.Kuma.Versions;
global using MeshLint.Yaml;
