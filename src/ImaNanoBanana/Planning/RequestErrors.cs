using ImaNanoBanana.Catalog;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Planning;

/// <summary>Creates the errors of planning. Each names the parameter, the value and what is offered. Nothing was submitted.</summary>
internal static class RequestErrors
{
    private const int LongestValue = 80;

    /// <summary>Creates the error for a parameter value that the product list does not offer.</summary>
    public static ImaException NotOffered(string parameter, string? value, IReadOnlyList<string> offered) => Create(
        ReasonFor(parameter),
        parameter,
        $"The value {Quoted(value)} of '{parameter}' is not offered. Use one of: {string.Join(", ", offered)}.",
        offered);

    public static ImaException GivenTwice(string parameter, string? first, string? second) => Create(
        ReasonFor(parameter), parameter, $"'{parameter}' was given twice, as {Quoted(first)} and as {Quoted(second)}. Give it once.");

    public static ImaException Create(
        ImaInvalidRequestReason reason,
        string parameter,
        string message,
        IReadOnlyList<string>? offered = null,
        AdviceCause? imageCause = null) =>
        new(ImaErrorKind.InvalidRequest, message + " Nothing was submitted.")
        {
            InvalidRequestReason = reason,
            ParameterName = parameter,
            AllowedValues = offered ?? [],
            ImageCause = imageCause,
        };

    public static string Quoted(string? value) =>
        value is null ? "(none)" : $"'{UntrustedText.Cut(value, LongestValue)}'";

    private static ImaInvalidRequestReason ReasonFor(string parameter)
    {
        if (CatalogValue.AreEqual(parameter, ParameterNames.Size))
        {
            return ImaInvalidRequestReason.Size;
        }

        if (CatalogValue.AreEqual(parameter, ParameterNames.AspectRatio))
        {
            return ImaInvalidRequestReason.AspectRatio;
        }

        if (CatalogValue.AreEqual(parameter, ParameterNames.Count))
        {
            return ImaInvalidRequestReason.Count;
        }

        return ImaInvalidRequestReason.Parameter;
    }
}
