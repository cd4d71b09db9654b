using System.Reflection;
using System.Xml.Linq;
using ImaNanoBanana.Tests.Api;
using static ImaNanoBanana.Tests.Conventions.Breaches;

namespace ImaNanoBanana.Tests.Conventions;

/// <summary>What editors show of the packages: the XML files that are built with them.</summary>
public class DocumentationConventionTests
{
    private static readonly Dictionary<string, XElement> Entries = Packages.All
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .Where(member => !member.Attribute("name")!.Value.Contains("System.Text.RegularExpressions.Generated.", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    [Fact]
    public void Types_are_described() => AreNone(Packages.PublicTypes.Where(type => !IsDescribed("T:" + Id(type))).Select(Name));

    [Fact]
    public void Properties_and_values_are_described() => AreNone(
        [
            .. PublicProperties().Where(property => !IsDescribed($"P:{Id(property.DeclaringType!)}.{property.Name}")).Select(Name),
            .. Fields(Packages.PublicTypes).Where(field => field is { IsPublic: true, IsLiteral: true } && !IsDescribed($"F:{Id(field.DeclaringType!)}.{field.Name}")).Select(Name),
        ]);

    [Fact]
    public void Methods_are_described() => AreNone(Written().Where(method => !IsDescribed(Id(method))).Select(Name));

    [Fact]
    public void Parameters_are_described() => AreNone(
        from method in Written()
        where !IsInherited(Id(method))
        from parameter in method.GetParameters()
        where !Entry(Id(method)).Elements("param").Any(param => param.Attribute("name")?.Value == parameter.Name && HasText(param))
        select $"{Name(method)}({parameter.Name})");

    [Fact]
    public void Results_are_described() => AreNone(
        from method in Written().OfType<MethodInfo>()
        where method.ReturnType != typeof(void) && method.ReturnType != typeof(Task) && method.ReturnType != typeof(ValueTask)
        where !IsInherited(Id(method)) && !HasText(Entry(Id(method)).Element("returns"))
        select Name(method));

    /// <summary>The constructor without parameters that no source declares has no entry, and needs none.</summary>
    private static IEnumerable<MethodBase> Written() =>
        PublicMethods().Concat<MethodBase>(PublicConstructors().Where(constructor => constructor.GetParameters().Length > 0))
            .Concat(Packages.PublicTypes.SelectMany(type => type.GetMethods()).Where(method => method.Name.StartsWith("op_", StringComparison.Ordinal)
                && !MemberSignatures.IsRecord(method.DeclaringType!)));

    private static XElement Entry(string id) => Entries.GetValueOrDefault(id) ?? new XElement("member");

    private static bool IsDescribed(string id) => HasText(Entry(id).Element("summary")) || IsInherited(id);

    private static bool IsInherited(string id) => Entry(id).Element("inheritdoc") is not null;

    private static bool HasText(XElement? element) => element is not null && (element.HasElements || !string.IsNullOrWhiteSpace(element.Value));

    private static string Id(MethodBase method)
    {
        var name = method.IsConstructor ? "#ctor" : method.Name + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "");
        var parameters = string.Join(",", method.GetParameters().Select(parameter => Id(parameter.ParameterType)));
        return $"M:{Id(method.DeclaringType!)}.{name}{(parameters.Length == 0 ? "" : $"({parameters})")}";
    }

    /// <summary>A type as the compiler writes it in documentation ids.</summary>
    private static string Id(Type type)
    {
        if (type.IsByRef)
        {
            return Id(type.GetElementType()!) + "@";
        }

        if (type.IsArray)
        {
            return Id(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        return type.IsConstructedGenericType
            ? $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}{{{string.Join(",", type.GetGenericArguments().Select(Id))}}}"
            : type.FullName!.Replace('+', '.');
    }
}
