using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Kuma.Kubernetes;

/// <summary>Lists the Pods of a cluster: those that are written, and those that templates stand for.</summary>
internal static class WorkloadExpander
{
    /// <summary>Most Pods of one StatefulSet that are looked at one by one.</summary>
    public const int MaxOrdinals = 1000;

    public static List<PodModel> Expand(Cluster cluster, EventSink events)
    {
        var pods = new List<PodModel>();
        var names = new HashSet<(string Namespace, string Name)>();
        var owners = new HashSet<(string Namespace, string Kind, string Name)>();
        foreach (var item in cluster.Objects)
        {
            if (item.Kind != "Pod")
                continue;
            names.Add((item.Namespace, item.Name));
            foreach (var owner in item.Root["metadata"]["ownerReferences"].Items)
                AddOwners(cluster, item.Namespace, owner, owners);
        }

        foreach (var item in cluster.Objects)
        {
            if (item.Kind == "Pod")
                pods.Add(PodModel.FromPod(item, cluster.IsDump));
            else if (!cluster.IsDump && !owners.Contains((item.Namespace, item.Kind, item.Name)) && !IsOwned(item))
                ExpandTemplate(item, names, pods, events);
        }

        return pods;
    }

    /// <summary>Workloads that have Pods in the input, directly or through what stands between: their templates would say the same twice.</summary>
    private static void AddOwners(Cluster cluster, string ns, Node owner, HashSet<(string Namespace, string Kind, string Name)> owners)
    {
        var kind = owner["kind"].AsString() ?? "";
        var name = owner["name"].AsString() ?? "";
        if (!owners.Add((ns, kind, name)))
            return;
        var between = kind switch
        {
            "ReplicaSet" => cluster.ReplicaSet(ns, name),
            "Job" => cluster.Job(ns, name),
            _ => null,
        };
        if (between is null)
            return;
        foreach (var outer in between.Root["metadata"]["ownerReferences"].Items)
            owners.Add((ns, outer["kind"].AsString() ?? "", outer["name"].AsString() ?? ""));
    }

    /// <summary>Another workload makes it, and its template is that one's.</summary>
    private static bool IsOwned(KubernetesObject item) => item.Root["metadata"]["ownerReferences"].Count > 0;

    private static void ExpandTemplate(KubernetesObject item, HashSet<(string Namespace, string Name)> names, List<PodModel> pods, EventSink events)
    {
        var spec = item.Spec;
        switch (item.Kind)
        {
            case "Deployment" or "ReplicaSet" or "DaemonSet":
                Add(spec["template"], Replicas(spec["replicas"]), item.Kind);
                break;
            case "Rollout" when !spec["workloadRef"].IsMapping:
                // Kuma knows no Rollouts: behind their ReplicaSets it takes the Pod for its own owner.
                Add(spec["template"], Replicas(spec["replicas"]), "Pod");
                break;
            case "Job":
                Add(spec["template"], Replicas(spec["parallelism"]), item.Kind);
                break;
            case "CronJob":
                var job = spec["jobTemplate"]["spec"];
                Add(job["template"], Replicas(job["parallelism"]), item.Kind);
                break;
            case "StatefulSet":
                AddOrdinals();
                break;
        }

        void Add(Node template, int replicas, string ownerKind)
        {
            if (!template.IsMapping)
                return;
            var name = item.Name;
            if (!names.Add((item.Namespace, name)))
            {
                name = $"{item.Name}-{item.Kind.ToLowerInvariant()}";
                names.Add((item.Namespace, name));
            }

            var pod = PodModel.FromTemplate(item, template, name, (item.Name, ownerKind), isSymbolic: true, replicas);
            if (item.Kind == "Job")
            {
                pod.Labels["job-name"] = item.Name;
                pod.Labels["batch.kubernetes.io/job-name"] = item.Name;
            }

            pods.Add(pod);
        }

        void AddOrdinals()
        {
            if (!spec["template"].IsMapping)
                return;
            var replicas = Replicas(spec["replicas"]);
            var start = Math.Clamp(spec["ordinals"]["start"].AsInteger() ?? 0, 0, int.MaxValue - (long)MaxOrdinals);
            var count = Math.Min(replicas, MaxOrdinals);
            if (count < replicas)
                events.Add(new ReplicasCapped(item, spec["replicas"], replicas, count));
            for (var i = 0; i < count; i++)
            {
                var index = (start + i).ToString(System.Globalization.CultureInfo.InvariantCulture);
                var name = $"{item.Name}-{index}";
                if (!names.Add((item.Namespace, name)))
                    continue;
                var pod = PodModel.FromTemplate(item, spec["template"], name, (item.Name, item.Kind), isSymbolic: false, 1);
                pod.Labels["statefulset.kubernetes.io/pod-name"] = name;
                pod.Labels["apps.kubernetes.io/pod-index"] = index;
                pods.Add(pod);
            }
        }
    }

    private static int Replicas(Node node) => (int)Math.Clamp(node.AsInteger() ?? 1, 0, int.MaxValue);
}
