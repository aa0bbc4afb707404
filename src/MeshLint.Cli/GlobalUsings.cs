global using System.Collections.Immutable;
global using MeshLint.Yaml;
