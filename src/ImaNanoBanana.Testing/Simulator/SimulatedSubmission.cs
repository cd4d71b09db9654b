using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Testing;

/// <summary>Represents a create request, read strictly with the JSON types that the service requires.</summary>
internal sealed record SimulatedSubmission(
    string TaskType,
    string ModelId,
    string ModelVersion,
    int AttributeId,
    decimal Credit,
    string Prompt,
    string Size,
    string AspectRatio,
    int Count)
{
    private static readonly HashSet<string> OuterNames = ["task_type", "enable_multi_model", "src_img_url", "parameters"];

    private static readonly HashSet<string> SubmissionNames =
    [
        "attribute_id", "model_id", "model_name", "model_version", "app", "platform", "category", "credit", "parameters",
    ];

    /// <summary>The source images.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>What the service accepts and the SDK sends in another way.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Differences { get; private init; } = [];

    /// <returns>The submission, or the rule that it violates.</returns>
    public static (SimulatedSubmission? Submission, string? Broken) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return (null, "a member of the create request is missing or has the wrong type");
        }
    }

    public static string? TaskId(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("task_id").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static (SimulatedSubmission? Submission, string? Broken) Read(JsonElement root)
    {
        var outer = root.GetProperty("parameters")[0];
        var inner = outer.GetProperty("parameters");
        var submission = new SimulatedSubmission(
            root.GetProperty("task_type").GetString()!,
            outer.GetProperty("model_id").GetString()!,
            outer.GetProperty("model_version").GetString()!,
            outer.GetProperty("attribute_id").GetInt32(),
            outer.GetProperty("credit").GetDecimal(),
            inner.GetProperty("prompt").GetString()!,
            inner.GetProperty("size").GetString()!,
            inner.GetProperty("aspect_ratio").GetString()!,
            inner.GetProperty("n").GetInt32())
        {
            Images = Texts(root.GetProperty("src_img_url")),
            Differences = DifferencesIn(inner),
        };
        var broken = Broken(root, submission);
        return broken is null ? (submission, null) : (null, broken);
    }

    /// <returns>The rule that the create request violates, or null.</returns>
    private static string? Broken(JsonElement root, SimulatedSubmission submission)
    {
        var outer = root.GetProperty("parameters")[0];
        var inner = outer.GetProperty("parameters");
        var cast = inner.GetProperty("cast");
        if (Unknown(root, OuterNames) is { } first)
        {
            return $"'{first}' is not allowed at the top level of a create request";
        }

        if (Unknown(outer, SubmissionNames) is { } second)
        {
            return $"'{second}' is not allowed beside model_id";
        }

        if (root.GetProperty("enable_multi_model").GetBoolean())
        {
            return "enable_multi_model is true";
        }

        if (outer.GetProperty("app").GetString() != "ima" || outer.GetProperty("platform").GetString() != "web")
        {
            return "app and platform are not ima and web";
        }

        if (outer.GetProperty("category").GetString() != submission.TaskType)
        {
            return "category is not the task type";
        }

        if (cast.GetProperty("points").GetDecimal() != submission.Credit
            || cast.GetProperty("attribute_id").GetInt32() != submission.AttributeId)
        {
            return "cast does not repeat credit and attribute_id";
        }

        if (string.IsNullOrWhiteSpace(submission.Prompt))
        {
            return "the prompt is empty";
        }

        if (!submission.Images.SequenceEqual(Texts(inner.GetProperty("input_images"))))
        {
            return "src_img_url and input_images differ";
        }

        if (submission.Count < 1)
        {
            return "n is less than 1";
        }

        return null;
    }

    private static List<string> DifferencesIn(JsonElement inner) =>
    [
        .. from member in inner.EnumerateObject()
           let meant = SimulatedParameterNames.MeantBy(member.Name)
           where meant is not null
           select $"'{member.Name}' is ignored; the parameter is '{meant}'",
    ];

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static string? Unknown(JsonElement value, HashSet<string> names) =>
        value.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !names.Contains(name));
}
