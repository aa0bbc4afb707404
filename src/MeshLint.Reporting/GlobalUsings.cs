global using System.Collections.Immutable;
global using MeshLint.Core.Text;
global using MeshLint.Core.Versions;
global using MeshLint.Yaml;
