using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ImaNanoBanana.Tests.Release;

/// <summary>A workflow of the forge, as it reads it.</summary>
internal sealed class Workflow
{
    private readonly YamlMappingNode _root;

    private Workflow(string name, string text)
    {
        Name = name;
        Text = text;
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        _root = (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public static IReadOnlyList<Workflow> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, ".github", "workflows")).Order(StringComparer.Ordinal)
            .Select(file => new Workflow(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    public string Name { get; }

    public string Text { get; }

    /// <summary>What jobs without permissions of their own have.</summary>
    public string Permissions => Flat(_root, "permissions");

    public IReadOnlyList<Job> Jobs =>
    [
        .. ((YamlMappingNode)_root["jobs"]).Select(job => new Job(job.Key.ToString(), (YamlMappingNode)job.Value)),
    ];

    public Job this[string job] => Jobs.Single(candidate => candidate.Name == job);

    public static Workflow Find(string name) => All.Single(workflow => workflow.Name == name);

    /// <summary>"name: value" of each entry, "name" of each element, or the value itself; "none" if the node is missing.</summary>
    private static string Flat(YamlMappingNode parent, string name) =>
        !parent.Children.TryGetValue(new YamlScalarNode(name), out var node) ? "none" : node switch
        {
            YamlMappingNode map => string.Join(", ", map.Select(entry => $"{entry.Key}: {entry.Value}")),
            YamlSequenceNode list => string.Join(", ", list.Select(element => element.ToString())),
            _ => node.ToString(),
        };

    internal sealed class Job(string name, YamlMappingNode node)
    {
        public string Name => name;

        public string Permissions => Flat(node, "permissions");

        public string Needs => Flat(node, "needs");

        public string Environment => Flat(node, "environment");

        /// <summary>None if the job runs another workflow.</summary>
        public IReadOnlyList<YamlMappingNode> Steps =>
            node.Children.TryGetValue(new YamlScalarNode("steps"), out var steps)
                ? [.. ((YamlSequenceNode)steps).Cast<YamlMappingNode>()]
                : [];

        /// <summary>The actions and workflows of others that it runs.</summary>
        public IEnumerable<string> Uses => Steps.Append(node).Select(step => Flat(step, "uses")).Where(uses => uses != "none");

        public IEnumerable<string> Commands => Steps.Select(step => Flat(step, "run")).Where(run => run != "none");

        /// <summary>The lines of an input, for each step that has it.</summary>
        public IEnumerable<IReadOnlyList<string>> Inputs(string name) =>
            from step in Steps
            where step.Children.TryGetValue(new YamlScalarNode("with"), out _)
            let value = Flat((YamlMappingNode)step["with"], name)
            where value != "none"
            select (IReadOnlyList<string>)value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        public IEnumerable<string> Matrix(string key) =>
            ((YamlSequenceNode)node["strategy"]["matrix"][key]).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }
}
