namespace MeshLint.Kuma.Resources;

/// <summary>One item of a document that concerns a mesh: the document's root, or an item of a <c>List</c>.</summary>
/// <param name="Root">Its mapping.</param>
/// <param name="Form">How it is read.</param>
/// <param name="ApiVersion">Its <c>apiVersion</c>; "" in Universal form.</param>
/// <param name="Kind">Its <c>kind</c>; "" in Universal form.</param>
public readonly record struct DocumentItem(Node Root, DocumentItemForm Form, string ApiVersion, string Kind);
