using MeshLint.Kuma.Model;
using MeshLint.Kuma.Identity;

namespace MeshLint.Kuma.Topology;

/// <summary>Selections of one control plane that were cut, because all of them together would grow with the square of the repository.</summary>
/// <param name="ControlPlane">The control plane.</param>
/// <param name="CutLists">How many selections show their first <see cref="WorkBudget.Short"/> things only.</param>
public sealed record GraphLimit(ControlPlane ControlPlane, int CutLists);
