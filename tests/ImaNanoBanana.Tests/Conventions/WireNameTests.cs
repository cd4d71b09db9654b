using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ImaNanoBanana.Journal;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Results;
using ImaNanoBanana.Tests.Api;
using static ImaNanoBanana.Tests.Conventions.Breaches;

namespace ImaNanoBanana.Tests.Conventions;

/// <summary>What goes over the wire and into handles and journals, as the source-generated contexts write it.</summary>
public partial class WireNameTests
{
    [Fact]
    public void Names_are_snake_case() => AreNone(Documents().SelectMany(document => document.Properties)
        .Where(property => !SnakeCase().IsMatch(property.Name)).Select(property => $"{property.DeclaringType.Name}.{property.Name}"));

    [Fact]
    public void Every_document_has_a_source_generated_form()
    {
        var generated = Documents().Select(document => document.Type).ToHashSet();

        AreOnly(
            Packages.WrittenTypes.Where(type => IsDocument(type) && !generated.Contains(type)).Select(Name),
            (nameof(ApiEnvelope), "Read by hand, because any member of an answer may be of any type."));
    }

    [Fact]
    public void Every_context_is_looked_at() => AreNone(
        Packages.WrittenTypes.Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && !Contexts().Any(context => context.GetType() == type)).Select(Name));

    private static bool IsDocument(Type type) => !type.IsNested && type.IsClass
        && (type.Namespace == typeof(CreateTaskRequest).Namespace || type == typeof(AdjustmentHandle) || type == typeof(ImageTaskHandle)
            || type.Name.EndsWith("Document", StringComparison.Ordinal));

    private static JsonSerializerContext[] Contexts() => [ImaJsonContext.Default, ImageTaskJsonContext.Default, JournalJsonContext.Default];

    /// <summary>All objects of this SDK that the contexts know, also those that only stand inside another.</summary>
    private static List<JsonTypeInfo> Documents() =>
    [
        .. Contexts().SelectMany(context => context.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType.IsAssignableTo(typeof(JsonTypeInfo)))
            .Select(property => (JsonTypeInfo)property.GetValue(context)!)
            .Where(info => info.Kind == JsonTypeInfoKind.Object && Packages.All.Contains(info.Type.Assembly))),
    ];

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
