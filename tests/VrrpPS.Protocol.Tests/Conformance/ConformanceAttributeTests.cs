using System.Reflection;
using Xunit;

namespace VrrpPS.Conformance;

/// <summary>Linked into every test project: what the source scanner cannot see.</summary>
public class ConformanceAttributeTests
{
    [Fact]
    public void Only_tests_prove_requirements()
    {
        var strays = typeof(ConformanceAttributeTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.GetCustomAttributes<ConformanceAttribute>().Any() && !method.GetCustomAttributes<FactAttribute>().Any())
            .Select(method => $"{method.DeclaringType}.{method.Name}");
        Assert.Empty(strays);
    }
}
