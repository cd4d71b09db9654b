using System.CodeDom.Compiler;
using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Tests.Api;
using static ImaNanoBanana.Tests.Conventions.Breaches;

namespace ImaNanoBanana.Tests.Conventions;

public class TypeConventionTests
{
    [Fact]
    public void Public_fields_are_constants() => AreNone(Fields(Packages.PublicTypes)
        .Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsLiteral && !field.IsSpecialName).Select(Name));

    [Fact]
    public void Records_are_values() => AreNone(PublicProperties()
        .Where(property => MemberSignatures.IsRecord(property.DeclaringType!) && IsSettable(property)).Select(Name));

    [Fact]
    public void Collections_are_not_replaced() => AreNone(PublicProperties()
        .Where(property => IsCollection(property.PropertyType) && IsSettable(property)).Select(Name));

    [Fact]
    public void Collections_are_read_only() => AreOnly(
        PublicProperties().Where(property => IsCollection(property.PropertyType) && !IsReadOnly(property.PropertyType)).Select(Name),
        ("IImaNanoBananaBuilder.Services", "The app's own registrations, made to be added to."),
        ("ImaNanoBananaOptions.StorageHosts", "Options are filled by configuration and by apps until the client is made."));

    [Fact]
    public void Public_classes_are_sealed_static_or_abstract() => AreNone(
        Packages.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(Name));

    [Fact]
    public void Errors_are_of_the_one_type() => AreNone(
        Packages.WrittenTypes.Where(type => type.IsSubclassOf(typeof(Exception)) && !IsOurs(type)).Select(Name));

    [Fact]
    public void Static_fields_do_not_change() => AreNone(Fields(Packages.All.SelectMany(assembly => assembly.GetTypes()))
        .Where(field => field is { IsStatic: true, IsInitOnly: false, IsLiteral: false } && !IsOfTheCompiler(field)).Select(Name));

    private static bool IsOurs(Type type) => type.IsAssignableTo(typeof(ImaException)) || type.IsAssignableTo(typeof(OperationCanceledException));

    private static bool IsSettable(PropertyInfo property) => property.SetMethod is { } setter && IsSeen(setter)
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsCollection(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static bool IsReadOnly(Type type) => type.IsInterface && type.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    /// <summary>Caches of lambdas and generated code. The field behind a static property is not among them.</summary>
    private static bool IsOfTheCompiler(FieldInfo field) =>
        field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute)) || field.IsDefined(typeof(GeneratedCodeAttribute))
        || field.DeclaringType!.IsDefined(typeof(GeneratedCodeAttribute));
}
