<?xml version="1.0" encoding="utf-8"?>
<!-- Makes the project of a template from a project of this repository: packages with their versions in place of projects, the settings
     that the repository has in one place, and nothing that only tests need. The input has the versions before the project. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="yes" omit-xml-declaration="yes" encoding="utf-8" />
  <xsl:strip-space elements="*" />
  <xsl:param name="name" />
  <xsl:key name="version" match="PackageVersion" use="@Include" />

  <!-- The template replaces it by its parameter. -->
  <xsl:variable name="own-version" select="'IMA_PACKAGES_VERSION'" />

  <xsl:template match="/">
    <xsl:apply-templates select="input/Project[@Sdk]" />
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="Project">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()" />
      <xsl:if test="not(.//Using)">
        <ItemGroup>
          <Using Include="ImaNanoBanana" />
        </ItemGroup>
      </xsl:if>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="TargetFramework">
    <xsl:copy-of select="." />
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RootNamespace>
      <xsl:value-of select="$name" />
    </RootNamespace>
  </xsl:template>

  <xsl:template match="PackageReference">
    <xsl:copy>
      <xsl:apply-templates select="@*" />
      <xsl:attribute name="Version">
        <xsl:value-of select="key('version', @Include)/@Version" />
      </xsl:attribute>
    </xsl:copy>
  </xsl:template>

  <!-- The package of the library itself is named too: its analyzers reach only projects that name it. -->
  <xsl:template match="ItemGroup[ProjectReference]">
    <xsl:copy>
      <PackageReference Include="ImaNanoBanana" Version="{$own-version}" />
      <xsl:apply-templates select="node()" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="ProjectReference">
    <PackageReference Include="{substring-before(substring-after(@Include, '/src/'), '/')}" Version="{$own-version}" />
  </xsl:template>

  <!-- The rules that a project of this repository turns off are off in new projects. -->
  <xsl:template match="NoWarn | comment()[following-sibling::*[1][self::NoWarn]] | ItemGroup[InternalsVisibleTo]" />
</xsl:stylesheet>
